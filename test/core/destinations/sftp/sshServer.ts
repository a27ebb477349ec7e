import { type AuthContext, type AuthenticationType, type PublicKeyAuthContext, utils } from 'ssh2';
import { allowAllHosts } from '../../../../core/destinations/egressPolicy';
import type { Login } from '../../../../core/destinations/sftp/connection/authHandler';
import { openSession, type Session } from '../../../../core/destinations/sftp/connection/session';
import { type Ssh2Server, startSsh2Server } from '../../../../sandbox/ssh2Server';

/** What one server asks for: each step lists the methods that end it; all steps have to be passed, in their order. */
export interface Demand {
	readonly steps: ReadonlyArray<readonly AuthenticationType[]>;
	readonly password?: string;
	/** The one key it knows, as a public key line. */
	readonly publicKey?: string;
	/** Refuses without saying what would have been taken. */
	readonly taciturn?: boolean;
}

export interface StrictServer {
	/** The methods the client tried, in their order. */
	readonly tried: readonly AuthenticationType[];
	/** Prompts of keyboard-interactive and what was answered. */
	readonly answers: readonly string[];
	logIn(login: Login): Promise<Session>;
	close(): Promise<void>;
}

/** ssh2's own server with a policy for logins. */
export async function startStrictServer(demand: Demand): Promise<StrictServer> {
	const tried: AuthenticationType[] = [];
	const answers: string[] = [];
	let passed = 0;
	const decide = (context: AuthContext, fits: boolean) => {
		const asked = demand.steps[passed] ?? [];
		if (!fits || !asked.includes(context.method)) return context.reject(demand.taciturn ? [] : [...asked]);
		passed += 1;
		const next = demand.steps[passed];
		if (next === undefined) context.accept();
		else context.reject([...next], true);
	};
	const server = await startSsh2Server({
		authenticate: (context) => {
			tried.push(context.method);
			if (context.method === 'password') return decide(context, context.password === demand.password);
			if (context.method === 'keyboard-interactive') {
				if (!demand.steps[passed]?.includes('keyboard-interactive')) return decide(context, false);
				return context.prompt([{ prompt: 'Password: ', echo: false }], (responses) => {
					answers.push(...responses);
					decide(context, responses[0] === demand.password);
				});
			}
			if (context.method !== 'publickey') return decide(context, false);
			decide(context, isSigned(context, demand.publicKey));
		},
	});
	return { tried, answers, logIn: async (login) => await logIn(server, login), close: server.close };
}

/** Whether the key itself signed: a question whether it would do counts as another key. */
function isSigned({ key, blob, signature, hashAlgo }: PublicKeyAuthContext, publicKeyLine = ''): boolean {
	const parsed = utils.parseKey(publicKeyLine);
	if (parsed instanceof Error || blob === undefined || signature === undefined) return false;
	return parsed.getPublicSSH().equals(key.data) && parsed.verify(blob, signature, hashAlgo) === true;
}

async function logIn({ host, port, username }: Ssh2Server, login: Login): Promise<Session> {
	return await openSession(
		{ host, port, username, login, hostKeys: 'any', legacyAlgorithms: false, idleMs: 5000, egress: allowAllHosts },
		new AbortController().signal,
	);
}
