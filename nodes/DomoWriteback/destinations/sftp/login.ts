import type { AnyAuthMethod, AuthenticationType, NextAuthHandler } from 'ssh2';
import { rsaUse, type RsaUse, signers } from './rsaLogin';

/** How the user proves who they are: a password, a key, or both as the server asks. */
export type Login =
	| { readonly password: string; readonly privateKey?: never }
	| { readonly privateKey: string | Buffer; readonly password?: string };

/** Answers the server's questions in order, each method once; remembers what the server would have taken. */
export interface LoginSteps {
	readonly next: (methodsLeft: AuthenticationType[] | null, partial: boolean | null, answer: NextAuthHandler) => void;
	/** What the server still accepted when it refused, e.g. `publickey`; empty when it never said. */
	accepted(): readonly string[];
	/** How an RSA key was used, for the message; undefined when there is none, or every way was tried. */
	rsa(): RsaUse | undefined;
}

/** How an RSA key may sign. */
export interface Signing {
	readonly legacy: boolean;
	/** What the server says it takes, known once it is asked for the first method; undefined when it does not say. */
	offered(): readonly string[] | undefined;
}

const ANY_SHA2: Signing = { legacy: false, offered: () => undefined };

/** The key first, then the password, then the password again as the answer to keyboard-interactive prompts (RFC 4252, RFC 4256). */
export function loginSteps(username: string, login: Login, signing = ANY_SHA2): LoginSteps {
	let steps: AnyAuthMethod[] | undefined;
	let accepted: readonly string[] = [];
	let guess: AnyAuthMethod | undefined;
	return {
		next: (methodsLeft, partial, answer) => {
			steps ??= methods(username, login, signing);
			if (methodsLeft !== null && methodsLeft !== undefined) accepted = methodsLeft;
			// The first try is a guess. Refused out of turn, it keeps for later: some servers want the password first, then the key.
			const outOfTurn = partial !== true && accepted.length > 0;
			if (guess !== undefined && outOfTurn && !accepted.includes(guess.type)) steps.push(guess);
			const at = steps.findIndex(({ type }) => accepted.length === 0 || accepted.includes(type));
			const [step] = at < 0 ? [] : steps.splice(at, 1);
			guess = methodsLeft === null ? step : undefined;
			// `false` ends the login; the published types leave it out.
			Reflect.apply(answer, undefined, [step ?? false]);
		},
		accepted: () => accepted,
		rsa: () =>
			login.privateKey === undefined ? undefined : rsaUse(login.privateKey, signing.legacy, signing.offered()),
	};
}

function methods(username: string, { privateKey, password }: Login, { legacy, offered }: Signing): AnyAuthMethod[] {
	const keys = privateKey === undefined ? [] : signers(privateKey, legacy, offered());
	const steps: AnyAuthMethod[] = keys.map((key) => ({ type: 'publickey', username, key }));
	if (password !== undefined) {
		steps.push({ type: 'password', username, password });
		steps.push({
			type: 'keyboard-interactive',
			username,
			prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
		});
	}
	return steps;
}
