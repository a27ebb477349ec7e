import { WritebackError } from '../../errors';
import { backoff, wait } from '../../waiting';
import type { SftpServer } from './handshake';
import { remembered } from './serverTraits';
import { openSession, type Session } from './session';

/** The way to one server. */
export interface Reach {
	/** How long the server may owe an answer. */
	readonly idleMs: number;
	/** The live connection that all uploads share, or a new one when the last was lost. Rejects as `openSession` does. */
	session(signal: AbortSignal): Promise<Session>;
	/** The same after a loss: tries for as long as the server may be silent, with growing waits. */
	sessionAgain(signal: AbortSignal): Promise<Session>;
	/** A connection of one's own; whoever gets it ends it. */
	own(signal: AbortSignal): Promise<Session>;
	/** Ends the shared connection. Never rejects. */
	close(): Promise<void>;
}

const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

export function reachOf(server: SftpServer): Reach {
	let opening: Promise<Session> | undefined;
	const open = async (signal: AbortSignal) => remembered(await openSession(server, signal), server);
	const session = async (signal: AbortSignal): Promise<Session> => {
		const known = opening;
		const last = await known?.catch(() => undefined);
		if (last !== undefined && !last.isLost()) return last;
		// Of all that wait, the first to notice connects again.
		const isFirst = opening === known || opening === undefined;
		const next = isFirst || opening === undefined ? open(signal) : opening;
		opening = next;
		return await next.catch(async (fault: unknown) => {
			// Somebody else's stop ends nobody else's way: what clean-up has to do comes after the user's.
			const isOthers = !isFirst && fault instanceof WritebackError && fault.reason === 'cancelled';
			if (isOthers && !signal.aborted) return await session(signal);
			throw fault;
		});
	};
	return {
		idleMs: server.idleMs,
		session,
		sessionAgain: async (signal) => await again(async () => await session(signal), server.idleMs, signal),
		own: open,
		close: async () => (await opening?.catch(() => undefined))?.end(),
	};
}

/** Repeats what a lost connection may have failed. Rejects with the last fault, or at once with one that will not go away. */
async function again(connect: () => Promise<Session>, withinMs: number, signal: AbortSignal): Promise<Session> {
	const until = Date.now() + withinMs;
	for (let tries = 1; ; tries++) {
		const waitMs = backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS);
		try {
			return await connect();
		} catch (fault) {
			const passing = fault instanceof WritebackError && fault.reason === 'destinationInterrupted';
			if (!passing || Date.now() + waitMs > until) throw fault;
		}
		await wait(waitMs, signal);
	}
}
