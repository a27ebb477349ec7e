import type { Body, Destination, Upload } from './destinations/destination';
import { type DataSet, describeDataSet } from './domo/dataSet';
import { openExport } from './domo/export';
import type { DomoRequest } from './domo/request';
import { cancelled, leaving, WritebackError } from './errors';
import { fileName, type FileNameChoice } from './fileName';
import { measure, type Measure, type Tally } from './format/tally';
import { receiptOf, type Receipt } from './receipt';
import { checkBytes, checkRows, type RowVerdict } from './verify';
import { backoff, inTurns, unlessStopped, wait } from './waiting';

/** One item's wish, checked: nothing in it can be wrong any more but the world. */
export interface WritebackRequest {
	readonly dataSetId: string;
	readonly kind: Receipt['destination'];
	readonly folder: string;
	readonly createFolders: boolean;
	readonly fileName: FileNameChoice;
	/** How often the writeback is attempted at most. */
	readonly maxTries: number;
	/** How long either end may be silent while the other waits for it. */
	readonly idleMs: number;
}

export interface Progress {
	readonly bytes: number;
	readonly rows: number;
	readonly rowsExpected: number;
}

/** What a writeback works with. */
export interface Surroundings {
	readonly askDomo: DomoRequest;
	readonly destination: Destination;
	/** Ends everything at once; nothing is left behind. */
	readonly signal: AbortSignal;
	/** Waits for its turn among the items that run at once; the result is called when the try is over. */
	readonly admit?: (dataSet: DataSet) => Promise<() => void>;
	readonly onProgress?: (progress: Progress) => void;
	readonly onRetry?: (fault: WritebackError, waitMs: number) => void;
}

/** Waits before the second, third, … try: doubling from here, with jitter, up to the maximum. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 60_000;

/** The user is told at once when the other side asks for a longer wait than this. */
const MAX_ASKED_WAIT_MS = 15 * 60_000;

/**
 * Copies one DataSet to its target and resolves to the receipt once the target holds all of it.
 * Rejects with a `WritebackError`; the target is then as it was, unless the message says otherwise.
 */
export async function writeback(request: WritebackRequest, around: Surroundings): Promise<Receipt> {
	const startedAt = new Date();
	for (let tries = 1; ; tries++) {
		try {
			return await attempt(request, around, { tries, startedAt });
		} catch (fault) {
			if (around.signal.aborted) throw cancelled();
			if (!(fault instanceof WritebackError) || !fault.retryable || tries >= request.maxTries) throw fault;
			if (fault.retryAfterMs > MAX_ASKED_WAIT_MS) throw fault;
			const waitMs = Math.max(fault.retryAfterMs, backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS));
			around.onRetry?.(fault, waitMs);
			await wait(waitMs, around.signal);
		}
	}
}

async function attempt(
	request: WritebackRequest,
	{ askDomo, destination, signal, admit, onProgress }: Surroundings,
	run: { readonly tries: number; readonly startedAt: Date },
): Promise<Receipt> {
	// Ends the export when this try ends, however it does.
	const over = new AbortController();
	const ended = AbortSignal.any([signal, over.signal]);
	let leave: (() => void) | undefined;
	try {
		const describe = async () => await unlessStopped(describeDataSet(askDomo, request.dataSetId), signal);
		const dataSet = await describe();
		leave = await admit?.(dataSet);
		const name = fileName(request.fileName, dataSet);
		const target = { folder: request.folder, fileName: name, createFolders: request.createFolders };
		// First, so that nobody waits for a large export to hear that the target cannot be written.
		const upload = await destination.openUpload(target, signal);
		const open = async () => {
			const opening = openExport(askDomo, request.dataSetId, request.idleMs, ended);
			return await unlessStopped(opening, signal);
		};
		const { tally, verdict, removed } = await carry(open, upload, dataSet, describe, onProgress);
		return receiptOf({
			...run,
			...verdict,
			dataSet,
			destination: request.kind,
			target: destination.describe(target),
			fileName: name,
			tally,
			removed,
		});
	} finally {
		over.abort();
		leave?.();
	}
}

/** Stores, verifies and publishes; or drops what was stored. */
async function carry(
	open: () => Promise<Body>,
	upload: Upload,
	dataSet: DataSet,
	describe: () => Promise<DataSet>,
	onProgress: Surroundings['onProgress'],
): Promise<{ readonly tally: Tally; readonly verdict: RowVerdict; readonly removed: readonly string[] }> {
	try {
		const source = await open();
		const meter = measure();
		const held = await upload.write(reported(meter, source, dataSet.rows, onProgress));
		const tally = meter.total();
		checkBytes(tally.bytes, held);
		const verdict = await checkRows(dataSet, tally, describe);
		await upload.commit();
		return { tally, verdict, removed: upload.removed() };
	} catch (fault) {
		const left = await upload.abort();
		throw left === undefined ? fault : leaving(fault, left);
	}
}

async function* reported(
	meter: Measure,
	source: Body,
	rowsExpected: number,
	onProgress: Surroundings['onProgress'],
): AsyncGenerator<Buffer> {
	for await (const chunk of inTurns(meter.through(source))) {
		onProgress?.({ ...meter.soFar(), rowsExpected });
		yield chunk;
	}
}
