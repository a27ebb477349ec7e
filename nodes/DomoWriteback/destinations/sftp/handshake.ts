import type { Socket } from 'node:net';
import type { Client } from 'ssh2';
import { cancelled, type WritebackError } from '../../errors';
import type { Egress } from '../egress';
import { algorithms } from './algorithms';
import { speedUpCiphers } from './fastCipher';
import { hostKeyMismatch, type HostKeyPin, hostKeyUnknown, matches } from './hostKey';
import { type Login, loginSteps } from './login';
import { notConnected } from './lost';
import { offeredSignatures } from './rsaLogin';

/** Where to log in, and as whom. */
export interface SftpServer {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	readonly login: Login;
	/** Which host keys are trusted; `any` accepts every one. An empty list trusts none. */
	readonly hostKeys: readonly HostKeyPin[] | 'any';
	/** Whether algorithms that rest on SHA-1 are agreed to as well. */
	readonly legacyAlgorithms: boolean;
	/** How long the server may owe an answer. */
	readonly idleMs: number;
	readonly egress: Egress;
}

/** Connecting, key exchange and login together; DNS and slow directory servers included. */
export const READY_MS = 30_000;

/** Exchanges keys, checks the host key before anything secret is sent, and logs in. Rejects with the reason, or `cancelled`; the caller ends the client then. */
export async function logIn(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<void> {
	let offered: () => readonly string[] | undefined = () => undefined;
	const signing = { legacy: server.legacyAlgorithms, offered: () => offered() };
	const steps = loginSteps(server.username, server.login, signing);
	if (signal.aborted) throw cancelled();
	await new Promise<void>((resolve, reject) => {
		const stop = () => reject(cancelled());
		const settle = (done: () => void) => {
			signal.removeEventListener('abort', stop);
			done();
		};
		signal.addEventListener('abort', stop, { once: true });
		client.on('error', (fault) => settle(() => reject(notConnected(fault, server, steps))));
		client.on('close', () => settle(() => reject(notConnected(new Error('closed'), server, steps))));
		client.on('ready', () => settle(resolve));
		// Also after a re-keying, when ssh2 makes new ciphers.
		client.on('handshake', () => setImmediate(speedUpCiphers, client, socket));
		client.connect({
			sock: socket,
			username: server.username,
			authHandler: steps.next,
			readyTimeout: READY_MS,
			keepaliveInterval: Math.max(1000, Math.floor(server.idleMs / 3)),
			keepaliveCountMax: 3,
			algorithms: algorithms(server.hostKeys === 'any' ? [] : server.hostKeys, server.legacyAlgorithms),
			hostVerifier: (key: Buffer) => {
				const distrust = judge(key, server);
				if (distrust !== undefined) settle(() => reject(distrust));
				return distrust === undefined;
			},
		});
		offered = offeredSignatures(client);
	});
}

/** Why this host key is not to be trusted; undefined when it is. */
function judge(key: Buffer, { host, port, hostKeys }: SftpServer): WritebackError | undefined {
	if (hostKeys === 'any' || matches(hostKeys, key)) return undefined;
	return hostKeys.length === 0 ? hostKeyUnknown(host, port, key) : hostKeyMismatch(host, port, hostKeys, key);
}
