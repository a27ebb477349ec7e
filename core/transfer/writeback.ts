import { HalfOpened, PerhapsPublished } from '../destinations/destination';
import { cancelled, leaving, shown, WritebackError } from '../support/errors';
import { backoff, wait } from '../support/retry';
import { attempt } from './attempt';
import type { Receipt, Skipped } from './receipt';
import type { Surroundings, WritebackRequest } from './writebackRequest';

/** Waits before the second, third, … try: doubling from here, with jitter, up to the maximum. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 60_000;

/** The user is told at once when the other side asks for a longer wait than this. */
const MAX_ASKED_WAIT_MS = 15 * 60_000;

/**
 * Copies one DataSet to its target and resolves to the receipt once the target holds all of it, or was to be left as it is.
 * Rejects with a `WritebackError`; the target is then as it was, unless the message says otherwise.
 */
export async function writeback(request: WritebackRequest, around: Surroundings): Promise<Receipt | Skipped> {
	const startedAt = new Date();
	// What tries have left behind: each piece is named, whichever try is the last.
	const left = new Set<string>();
	const found = { taken: new Set<number>(), parts: 1 };
	const told = (fault: unknown) => [...left].reduce(leaving, fault);
	for (let tries = 1; ; tries++) {
		try {
			return noting(await attempt(request, around, { tries, startedAt, left, found }), left);
		} catch (fault) {
			if (fault instanceof HalfOpened) left.add(fault.left);
			if (around.signal.aborted) throw told(stopped(fault));
			if (!(fault instanceof WritebackError) || !fault.retryable || tries >= request.maxTries) throw told(fault);
			if (fault.retryAfterMs > MAX_ASKED_WAIT_MS) throw told(fault);
			const waitMs = Math.max(fault.retryAfterMs, backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS));
			around.onRetry?.(fault, waitMs);
			await wait(waitMs, around.signal).catch((stop: unknown) => {
				throw told(stop);
			});
		}
	}
}

/** A publication that was under way when the user stopped it may have been done. */
function stopped(fault: unknown): WritebackError {
	return fault instanceof PerhapsPublished ? cancelled(fault.hint, fault.cause) : cancelled();
}

/** The receipt, which also names what earlier tries could not remove. */
function noting(receipt: Receipt | Skipped, left: ReadonlySet<string>): Receipt | Skipped {
	if (!('bytes' in receipt)) return receipt;
	const { notes = [], orphansRemoved = [] } = receipt;
	const stays = [...left].filter((name) => !orphansRemoved.includes(name));
	if (stays.length === 0) return receipt;
	const told = stays.map(
		(name) =>
			`${shown(name)} of an interrupted try could not be removed; if it is still there, a later writeback to this target removes it.`,
	);
	return { ...receipt, notes: [...notes, ...told] };
}
