import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { abortable, anySignal } from '../support/abort';
import { cancelled, describeNetworkError, invalidParameter, WritebackError } from '../support/errors';
import { errorResponse } from './errorResponse';
import { firstChunk, htmlPageError, isHtmlPage, unexpectedJson } from './htmlPage';
import { type QueryAnswer, QueryReader } from './queryReader';
import { type DomoAnswer, type DomoRequest, redactorFor } from './request';
import { isTransientStatus } from '../support/transientStatus';

/** Domo's own limits of a query (developer.domo.com, DataSet API). */
const MOST_ROWS = 1_000_000;
const MOST_MS = 60_000;

/** Domo ends a query by itself; so much later its answer is not waited for any more. */
const GRACE_MS = 15_000;

/** How long the rows may take to arrive. */
const BODY_MS = 10 * 60_000;

/** Some milliseconds' work; then others have their turn. */
const PIECE_BYTES = 16 * 1024;

const PROBE_BYTES = 4096;

export interface Query {
	/** ID of the DataSet. */
	readonly id: string;
	readonly sql: string;
	/** Told the size of every chunk of the answer; may throw. */
	readonly onBytes: (bytes: number) => void;
	/** Told how many cells each row has; may throw. */
	readonly onRow?: (cells: number) => void;
	/** Domo's 60 seconds, unless a test is in a hurry. */
	readonly mostMs?: number;
}

/**
 * Runs SQL on one DataSet, which it calls `table`, and resolves to all rows with every digit. Rejects with `setting` when Domo refuses the
 * query, or it ends at one of Domo's limits: 60 seconds, or 1,000,000 rows, where some may be missing; and otherwise as other requests do.
 */
export async function runQuery(request: DomoRequest, query: Query, signal: AbortSignal): Promise<QueryAnswer> {
	const { id, sql, mostMs = MOST_MS } = query;
	const path = `/v1/datasets/query/execute/${id}`;
	let sentAt = performance.now();
	const onSend = () => void (sentAt = performance.now());
	const isLate = () => performance.now() - sentAt >= mostMs;
	const timeoutMs = mostMs + GRACE_MS;
	const asked = { path, query: {}, accept: 'application/json', body: { sql }, timeoutMs, signal, onSend } as const;
	const answer = await request(asked).catch((fault: unknown) => {
		throw isLate() && !signal.aborted ? tooSlow() : fault;
	});
	if (answer.status !== 200) {
		const refused = await errorResponse(answer, { what: 'query', id });
		// Domo asks to wait before it runs a query.
		const isEnded = answer.status !== 429 && isTransientStatus(answer.status);
		throw isLate() && isEnded ? tooSlow() : refused;
	}
	const read = await readAnswer(answer, query, signal);
	if (read.numRows === undefined || read.numRows === read.rows.length) return read;
	throw new WritebackError('rowsDiffer', `Domo counts ${read.numRows} rows and sent ${read.rows.length}`, {
		hint: 'The response was cut short. Try again. If it happens again, tell Domo Support.',
	});
}

async function readAnswer(answer: DomoAnswer, query: Query, signal: AbortSignal): Promise<QueryAnswer> {
	const reader = new QueryReader((rows, cells) => {
		if (rows >= MOST_ROWS) throw tooManyRows();
		query.onRow?.(cells);
	});
	const chunks = bodyOf(answer.body, signal);
	let start = '';
	try {
		for (let next = await firstChunk(chunks); next.done !== true; next = await chunks.next()) {
			const chunk = next.value;
			if (start === '') start = chunk.toString('utf8', 0, PROBE_BYTES);
			query.onBytes(chunk.length);
			for (let offset = 0; offset < chunk.length; offset += PIECE_BYTES) {
				reader.write(chunk.subarray(offset, offset + PIECE_BYTES));
				await setImmediate();
			}
		}
		return reader.end();
	} catch (fault) {
		if (isHtmlPage(start)) throw htmlPageError(start, redactorFor(answer).foreign);
		throw fault instanceof WritebackError ? fault : unexpectedJson();
	} finally {
		await chunks.return(undefined);
	}
}

/** The chunks of the body; ends it in any case. */
async function* bodyOf(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
	const chunks = abortable(body, anySignal(signal, AbortSignal.timeout(BODY_MS)));
	try {
		for (;;) {
			const next = await chunks.next().catch((fault: unknown) => {
				throw signal.aborted ? cancelled() : interrupted(fault);
			});
			if (next.done === true) return;
			yield Buffer.isBuffer(next.value) ? next.value : Buffer.from(next.value);
		}
	} finally {
		// A body may break off after it was read: without a listener its error would end the process.
		body.on('error', () => undefined);
		body.destroy();
	}
}

function interrupted(fault: unknown): WritebackError {
	const what = `Domo stopped in the middle of the rows: ${describeNetworkError(fault)}`;
	return new WritebackError('domoInterrupted', what, { hint: 'Try the query again.' });
}

const SMALLER =
	'Reduce the result with WHERE, fewer columns or GROUP BY. To copy a whole DataSet of any size, use Domo Writeback.';

function tooSlow(): WritebackError {
	return invalidParameter('SQL', "the query reached Domo's limit of 60 seconds", SMALLER);
}

function tooManyRows(): WritebackError {
	return invalidParameter(
		'SQL',
		"the query reached Domo's limit of 1,000,000 rows, and Domo may have left out the rest",
		SMALLER,
	);
}
