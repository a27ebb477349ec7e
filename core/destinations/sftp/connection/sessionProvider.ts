import { isUnanswered } from './loginErrors';
import { isFinal } from './loginHistory';
import type { ServerTraits } from './serverTraits';
import { openSession, type Session } from './session';
import type { SftpServerOptions } from './sshHandshake';
import { onAbort, raceAbort } from '../../../support/abort';
import { WritebackError } from '../../../support/errors';
import type { Owner } from '../../../support/fairSemaphore';
import { backoff, retry, wait } from '../../../support/retry';

/** The way to one server. */
export interface SessionProvider {
	/** How long the server may owe an answer. */
	readonly idleMs: number;
	/** What the server has shown since this process started. */
	readonly traits: ServerTraits;
	/** The execution it belongs to. */
	readonly owner: Owner;
	/** Starts to connect unless that was done before; a fault is that of the next `session`. Stops when `signal` does. */
	connectAhead(signal: AbortSignal): void;
	/** The live connection that all uploads share, or a new one when the last was lost. Rejects as `openSession` does. */
	session(signal: AbortSignal): Promise<Session>;
	/** The same after a loss: tries for as long as the server may be silent, with growing waits. */
	reconnect(signal: AbortSignal): Promise<Session>;
	/** A connection of one's own; the caller ends it. */
	openDedicated(signal: AbortSignal): Promise<Session>;
	/** Ends the shared connection. Never rejects. */
	close(): Promise<void>;
}

const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

/** A connection that is lost before so many answers did no good: opening a part file again takes two. */
const FRUITFUL_ANSWERS = 3;

/** Runs the first login of a connection that all uploads share, or rejects with what is known of it. */
export type AttemptLogin = (signal: AbortSignal, logIn: () => Promise<Session>) => Promise<Session>;

/** Reaches a server whose login is still being read. */
export function createSessionProvider(
	ready: Promise<SftpServerOptions>,
	{ idleMs, traits, owner }: Pick<SessionProvider, 'idleMs' | 'traits' | 'owner'>,
	attempt: AttemptLogin,
): SessionProvider {
	let opening: Promise<Session> | undefined;
	/** Begun ahead of the first use, which did not come yet. */
	let early: Promise<Session> | undefined;
	let dedicatedRefusal: WritebackError | undefined;
	let latest: Session | undefined;
	let fruitless = 0;
	/** A server that lets everybody in and ends every connection would be logged in to a hundred times a second. */
	const pause = async (signal: AbortSignal): Promise<void> => {
		fruitless = latest !== undefined && latest.answers() < FRUITFUL_ANSWERS ? fruitless + 1 : 0;
		if (fruitless > 1) await wait(backoff(fruitless - 1, FIRST_WAIT_MS, MAX_WAIT_MS), signal);
	};
	const connect = async (signal: AbortSignal): Promise<Session> => {
		const server = await raceAbort(ready, signal);
		await pause(signal);
		latest = await attempt(signal, async () => await openSession(server, signal));
		return latest;
	};
	// The shared login got in before, so what is refused here are more connections, and the shared one stays.
	const openDedicated = async (signal: AbortSignal): Promise<Session> => {
		if (dedicatedRefusal !== undefined) throw dedicatedRefusal;
		return await openSession(await raceAbort(ready, signal), signal).catch((fault: unknown) => {
			// A login that is left without an answer would be made again for every file.
			if (fault instanceof WritebackError && (isFinal(fault) || isUnanswered(fault))) dedicatedRefusal = fault;
			throw fault;
		});
	};
	const session = async (signal: AbortSignal): Promise<Session> => {
		const previous = opening;
		const isEarly = previous !== undefined && previous === early;
		early = undefined;
		const last = await previous?.catch((fault: unknown) => {
			// The login that this call would have made: another one might lock the account.
			if (isEarly && !isCancelled(fault)) throw fault;
			return undefined;
		});
		if (last !== undefined && !last.isLost()) return last;
		// Of all that wait, the first to notice connects again.
		const isFirst = opening === previous || opening === undefined;
		const next = isFirst || opening === undefined ? connect(signal) : opening;
		opening = next;
		return await next.catch(async (fault: unknown) => {
			// A stop of one caller must not fail the others: they connect again. Clean-up comes after the user's stop.
			const isOthers = !isFirst && isCancelled(fault);
			if (isOthers && !signal.aborted) return await session(signal);
			throw fault;
		});
	};
	const connectAhead = (signal: AbortSignal): void => {
		if (opening !== undefined) return;
		const connecting = connect(signal);
		connecting.catch(() => undefined);
		opening = early = connecting;
		onAbort(signal, () => {
			if (early === connecting) early = undefined;
		});
	};
	return {
		idleMs,
		traits,
		owner,
		connectAhead,
		session,
		reconnect: async (signal) => await retryConnect(async () => await session(signal), idleMs, signal),
		openDedicated,
		close: async () => (await opening?.catch(() => undefined))?.end(),
	};
}

function isCancelled(fault: unknown): boolean {
	return fault instanceof WritebackError && fault.reason === 'cancelled';
}

/** Repeats what a lost connection may have failed. Rejects with the last fault, or at once with one that will not go away. */
async function retryConnect(connect: () => Promise<Session>, withinMs: number, signal: AbortSignal): Promise<Session> {
	const until = Date.now() + withinMs;
	return await retry(connect, async (fault, tries) => {
		const waitMs = backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS);
		const isTransient = fault instanceof WritebackError && fault.reason === 'destinationInterrupted';
		if (!isTransient || Date.now() + waitMs > until) throw fault;
		await wait(waitMs, signal);
	});
}
