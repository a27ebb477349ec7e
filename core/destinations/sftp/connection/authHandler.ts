import type { AnyAuthMethod, AuthenticationType, Client, NextAuthHandler } from 'ssh2';
import { type Demand, promptHandler } from './prompts';
import { rsaUse, type RsaUse, signers } from './rsaSignatures';

/** How the user proves who they are: a password, a key, or both as the server asks. */
export type Login =
	| { readonly password: string; readonly privateKey?: never }
	| { readonly privateKey: string | Buffer; readonly password?: string };

/** How far a login has come, for the message when it ends. */
export interface LoginProgress {
	/** What the server still accepted when it refused, e.g. `publickey`; empty when it never said. */
	accepted(): readonly string[];
	/** How an RSA key was used; undefined when there is none, or every way was tried. */
	rsa(): RsaUse | undefined;
	/** How many methods the server refused. */
	refusals(): number;
	/** Whether the server has refused a key or a password, and not only the method by which it came. */
	isJudged(): boolean;
	/** Whether the server took one method and asked for another one. */
	isPartial(): boolean;
	/** Whether the server still owes its answer to a key or a password. */
	isPending(): boolean;
	/** Methods that weren't tried. */
	untried(): number;
	/** The prompt that was answered with the password; empty when there was none. */
	prompt(): string;
}

/** Answers the server's questions in order, each method once. */
export interface LoginSteps extends LoginProgress {
	readonly next: (methodsLeft: AuthenticationType[] | null, partial: boolean | null, answer: NextAuthHandler) => void;
}

/** How an RSA key may sign. */
export interface Signing {
	readonly legacy: boolean;
	/** What the server says it takes, known once it is asked for the first method; undefined when it does not say. */
	offered(): readonly string[] | undefined;
}

const ANY_SHA2: Signing = { legacy: false, offered: () => undefined };

/**
 * The key first, then the password, then the password again as the answer to keyboard-interactive prompts (RFC 4252, RFC 4256). `giveUp`
 * gets what no prompt handler can answer.
 */
export function loginSteps(
	username: string,
	login: Login,
	signing = ANY_SHA2,
	giveUp: (demand: Demand) => void = () => undefined,
): LoginSteps {
	let steps: AnyAuthMethod[] | undefined;
	let accepted: readonly string[] = [];
	let guess: AnyAuthMethod | undefined;
	let pending: AnyAuthMethod | undefined;
	let [refusals, isJudged, isPartial, passwordAccepted, prompt] = [0, false, false, false, ''];
	const note = (methodsLeft: AuthenticationType[] | null, partial: boolean | null) => {
		const before = accepted;
		if (methodsLeft !== null && methodsLeft !== undefined) accepted = methodsLeft;
		if (pending === undefined) return;
		if (partial !== true) {
			refusals += 1;
			// Some servers leave a method out of their list once they have refused what came by it.
			isJudged ||= accepted.length === 0 || [...before, ...accepted].includes(pending.type);
		} else [isPartial, passwordAccepted] = [true, passwordAccepted || pending.type === 'password'];
	};
	const prompts = { isAccepted: () => passwordAccepted, giveUp, onAnswer: (text: string) => void (prompt = text) };
	return {
		next: (methodsLeft, partial, answer) => {
			steps ??= methods(username, login, signing, prompts);
			note(methodsLeft, partial);
			// The first try is a guess. Refused out of turn, it keeps for later: some servers want the password first, then the key.
			const outOfTurn = partial !== true && accepted.length > 0;
			if (guess !== undefined && outOfTurn && !accepted.includes(guess.type)) steps.push(guess);
			const index = steps.findIndex(({ type }) => accepted.length === 0 || accepted.includes(type));
			const [step] = index < 0 ? [] : steps.splice(index, 1);
			guess = methodsLeft === null ? step : undefined;
			pending = step;
			// `false` ends the login; the published types leave it out.
			Reflect.apply(answer, undefined, [step ?? false]);
		},
		accepted: () => accepted,
		rsa: () =>
			login.privateKey === undefined ? undefined : rsaUse(login.privateKey, signing.legacy, signing.offered()),
		refusals: () => refusals,
		isJudged: () => isJudged,
		isPartial: () => isPartial,
		isPending: () => pending !== undefined,
		untried: () => steps?.length ?? 0,
		prompt: () => prompt,
	};
}

type Prompts = Omit<Parameters<typeof promptHandler>[0], 'username' | 'password'>;

function methods(
	username: string,
	{ privateKey, password }: Login,
	{ legacy, offered }: Signing,
	prompts: Prompts,
): AnyAuthMethod[] {
	const keys = privateKey === undefined ? [] : signers(privateKey, legacy, offered());
	const steps: AnyAuthMethod[] = keys.map((key) => ({ type: 'publickey', username, key }));
	if (password !== undefined) {
		steps.push({ type: 'password', username, password });
		const prompt = promptHandler({ username, password, ...prompts });
		steps.push({ type: 'keyboard-interactive', username, prompt });
	}
	return steps;
}

/**
 * Lets a key sign at once (RFC 4252 section 7 allows it). ssh2 asks first whether the server would take the key, which costs a round
 * trip, and saves work only with many keys, or keys that a person has to unlock. To be called right after `connect`.
 */
export function signAtOnce(client: Client): void {
	const protocol: unknown = Reflect.get(client, '_protocol');
	if (typeof protocol !== 'object' || protocol === null) return;
	const authPK: unknown = Reflect.get(protocol, 'authPK');
	const accepted: unknown = Reflect.get(Object(Reflect.get(protocol, '_handlers')), 'USERAUTH_PK_OK');
	if (typeof authPK !== 'function' || typeof accepted !== 'function') return;
	Reflect.set(protocol, 'authPK', (...sent: unknown[]) =>
		sent.some((value) => typeof value === 'function')
			? Reflect.apply(authPK, protocol, sent)
			: Reflect.apply(accepted, client, [protocol]),
	);
}
