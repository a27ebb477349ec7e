import { createHash } from 'node:crypto';
import { isUnanswered, unansweredTwice } from './loginErrors';
import { raceAbort } from '../../../support/abort';
import { WritebackError } from '../../../support/errors';

/** What one execution learns about its logins: one that was refused is not tried again, whichever item asks. */
export interface LoginHistory {
	/**
	 * Runs `logIn`, and rejects as it does. Until a login with the same `key` got in, one runs at a time; after one was refused, the others
	 * reject with the same error and connect no more.
	 */
	attempt<T>(key: string, signal: AbortSignal, logIn: () => Promise<T>): Promise<T>;
}

interface LoginState {
	/** Settles with the login that is tried first; never rejects. */
	first?: Promise<void> | undefined;
	gotIn: boolean;
	unanswered: number;
	refusal?: WritebackError;
}

export function createLoginHistory(): LoginHistory {
	const logins = new Map<string, LoginState>();
	return {
		attempt: async (key, signal, logIn) => {
			const login = logins.get(key) ?? { gotIn: false, unanswered: 0 };
			logins.set(key, login);
			while (login.first !== undefined && !login.gotIn) await raceAbort(login.first, signal);
			if (login.refusal !== undefined) throw login.refusal;
			const running = remembered(login, logIn);
			const ended = running.then(
				() => undefined,
				() => undefined,
			);
			if (!login.gotIn) login.first = ended.finally(() => void (login.first = undefined));
			return await running;
		},
	};
}

async function remembered<T>(login: LoginState, logIn: () => Promise<T>): Promise<T> {
	try {
		const session = await logIn();
		login.gotIn = true;
		return session;
	} catch (fault) {
		const verdict = verdictOf(login, fault);
		if (verdict instanceof WritebackError && isFinal(verdict)) login.refusal = verdict;
		throw verdict;
	}
}

/** A server that twice leaves a login without an answer has answered it. */
function verdictOf(login: LoginState, fault: unknown): unknown {
	if (!isUnanswered(fault)) return fault;
	login.unanswered += 1;
	return login.unanswered > 1 && !login.gotIn ? unansweredTwice(fault) : fault;
}

/** Whether the same login ends the same way when it is tried again. */
export function isFinal({ retryable, reason }: WritebackError): boolean {
	return !retryable && reason !== 'cancelled';
}

/** Tells logins apart without holding on to one. */
export function loginIdOf({
	password,
	privateKey,
	passphrase,
}: Readonly<Record<'password' | 'privateKey' | 'passphrase', string>>): string {
	return createHash('sha256')
		.update(JSON.stringify([password, privateKey, passphrase]))
		.digest('base64');
}
