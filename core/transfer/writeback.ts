import { CommitOutcomeUnknown, type DestinationKind } from '../destinations/destination';
import {
	cancelled,
	formatMessageAndHint,
	type Reason,
	withLeftover,
	withOptions,
	withoutUnchanged,
	withStoredLeftover,
	WritebackError,
} from '../support/errors';
import { HashingThreadLost } from '../support/hashing/hashingThreadLost';
import { backoff, retry, wait } from '../support/retry';
import { attempt } from './attempt';
import { AttemptFailed, type TargetKnowledge } from './attemptFailed';
import { type Receipt, type Skipped, withLeftoverNotes } from './receipt';
import type { TransferContext, WritebackRequest } from './writebackRequest';

/*
 * How a writeback works. One attempt (attempt.ts) reads like the sentence: describe the DataSet, check the names, resolve the target, wait
 * for a slot, then stream, verify, commit (stageAndPublish.ts), and make the receipt. Until the commit the target is as it was, so a failed
 * attempt can simply be dropped. This file repeats attempts: only for faults that are marked `retryable` where they are thrown, with growing
 * waits, or as long as the other side asks for. What an attempt could not remove is collected here and named in the receipt or the error.
 * Domo, the format and the destination are behind interfaces; nothing here knows HTTP, SFTP, Azure or n8n.
 */

/** Waits before the second, third, … try: doubling from here, with jitter, up to the maximum. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 60_000;

/** When the other side asks for a longer wait than this, the writeback fails at once and says so. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Copies one DataSet to its target and resolves to the receipt once the target holds all of it, or was to be left as it is.
 * Rejects with a `WritebackError`; the target is then as it was, unless the message says otherwise.
 */
export async function writeback(request: WritebackRequest, context: TransferContext): Promise<Receipt | Skipped> {
	const startedAt = new Date();
	// What tries have left behind: each piece is named, whichever try is the last.
	let leftovers: readonly string[] = [];
	let found: TargetKnowledge = { taken: [], parts: 1, mayHoldOwn: false };
	let uncounted = 0;
	// The last try that may have changed the target.
	let published: CommitOutcomeUnknown | undefined;
	const attemptOnce = async (count: number) =>
		withLeftoverNotes(
			await attempt(request, context, { tries: count - uncounted, startedAt, found }),
			leftovers,
			request.kind,
		);
	const beforeNext = async (failed: unknown, count: number) => {
		const tries = count - uncounted;
		const { fault, ...learnt } = failed instanceof AttemptFailed ? failed : { fault: failed, leftovers: [], found };
		leftovers = [...new Set([...leftovers, ...learnt.leftovers])];
		found = learnt.found;
		if (fault instanceof CommitOutcomeUnknown) published = fault;
		const stop = () => stopped(fault, published, UNCHANGED[request.kind]);
		if (context.signal.aborted) throw stop();
		// No fault of Domo or the destination: what was stored has no digest, and the next attempt hashes in place.
		if (fault instanceof HashingThreadLost && uncounted === 0) return void (uncounted = 1);
		if (!(fault instanceof WritebackError) || !fault.retryable || tries >= request.maxTries) throw fault;
		if (fault.retryAfterMs > MAX_RETRY_AFTER_MS) throw fault;
		const waitMs = Math.max(fault.retryAfterMs, backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS));
		context.onRetry?.(fault, waitMs);
		await wait(waitMs, context.signal).catch(() => {
			throw stop();
		});
	};
	return await retry(attemptOnce, beforeNext).catch((fault: unknown) => {
		const failure = published ? withEarlierTry(fault, published) : withUnchangedTarget(fault, UNCHANGED[request.kind]);
		throw leftovers.reduce(request.kind === 'binary' ? withStoredLeftover : withLeftover, failure);
	});
}

/** What became of the target of a writeback that failed before it published or spoiled anything. */
const UNCHANGED: Readonly<Record<DestinationKind, string>> = {
	sftp: 'The target is unchanged.',
	azureBlob: 'The target is unchanged.',
	binary: 'No file was handed to the next node.',
};

/** Reasons that core/domo and core/format give, which know of no target. */
const OF_THE_EXPORT: ReadonlySet<Reason> = new Set([
	'domoLogin',
	'dataSetNotFound',
	'dataSetForbidden',
	'domoInterrupted',
	'domoBusy',
	'domoNotData',
	'rowsDiffer',
]);

/** The same fault, whose hint also says what became of the target. */
function withUnchangedTarget(fault: unknown, unchanged: string): unknown {
	if (!(fault instanceof WritebackError)) return fault;
	if (OF_THE_EXPORT.has(fault.reason)) return withOptions(fault, { hint: `${fault.hint} ${unchanged}` });
	// What the servers and this folder say, which know no kind.
	const hint = fault.hint.replace(UNCHANGED.sftp, unchanged);
	return hint === fault.hint ? fault : withOptions(fault, { hint });
}

/** The same fault after a try that may have changed the target: its hint says no other thing, and what that try said. */
function withEarlierTry(fault: unknown, published: CommitOutcomeUnknown): unknown {
	const isOwn = fault === published || (fault instanceof WritebackError && fault.reason === 'cancelled');
	if (!(fault instanceof WritebackError) || isOwn) return fault;
	return withOptions(fault, { hint: `${withoutUnchanged(fault.hint)} ${earlierTry(published)}` });
}

function earlierTry(published: CommitOutcomeUnknown): string {
	return `An earlier try ended while it published: ${formatMessageAndHint(published)}`;
}

/** A publication that was under way when the user stopped it, or in an earlier try, may have been done. */
function stopped(fault: unknown, published: CommitOutcomeUnknown | undefined, unchanged: string): WritebackError {
	if (published === undefined) return cancelled(unchanged);
	return fault === published ? cancelled(published.hint, published.cause) : cancelled(earlierTry(published));
}
