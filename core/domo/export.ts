import type { Readable } from 'node:stream';
import type { ByteStream } from '../support/byteStream';
import { cancelled, describeNetworkError, WritebackError } from '../support/errors';
import { eventLoopTurns } from '../support/eventLoop';
import { idleTimer } from '../support/idleTimeout';
import { freeBuffer } from '../support/memory';
import { readLimited } from '../support/readLimited';
import { errorResponse } from './errorResponse';
import { firstChunk, isHtmlPage, htmlPageError } from './htmlPage';
import { type DomoRequest, redactorFor } from './request';

/** Enough of a body to tell a web page from a CSV header. */
const PROBE_BYTES = 4096;

/** A body that never ends would keep an execution for ever, though it is never silent: after so many times `idleMs` it must have come on. */
const TRICKLE_IDLES = 10;
const LEAST_BYTES_PER_MS = 0.064;

/**
 * Starts reading a DataSet, which Domo has just described, as CSV, header row included. Resolves once the first bytes are here and are not a web page.
 * Reading on rejects with `domoInterrupted` when Domo breaks off or is silent for `idleMs` while bytes are wanted, or sends less than 64 bytes a second for ten times as long.
 * `signal` ends it at any time; abort it too when the stream is no longer wanted.
 */
export async function openExport(
	request: DomoRequest,
	id: string,
	idleMs: number,
	signal: AbortSignal,
): Promise<ByteStream> {
	const path = `/v1/datasets/${id}/data`;
	const query = { includeHeader: true, fileName: `${id}.csv` };
	const answer = await request({ path, query, accept: 'text/csv', signal });
	if (answer.status !== 200) throw await errorResponse(answer, { what: 'export', id });
	const chunks = withIdleTimeout(answer.body, idleMs, signal);
	const first = await firstChunk(chunks);
	const start = first.done ? Buffer.alloc(0) : first.value;
	if (isNoCsv(answer.headers['content-type']) || isHtmlPage(start.toString('utf8', 0, PROBE_BYTES))) {
		const more = await readLimited(answer.body, PROBE_BYTES).catch(() => '');
		// Not waited for: it may be on its way to a chunk that never comes.
		void chunks.return(undefined);
		throw htmlPageError(start.toString('utf8', 0, PROBE_BYTES) + more, redactorFor(answer).foreign);
	}
	return withFirst(first, chunks);
}

/** All chunks once more, the first one of which was looked at. Not a generator: that would be one more stage for every chunk. */
function withFirst(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): ByteStream {
	let looked: IteratorResult<Buffer> | undefined = first;
	const next = async () => {
		const result = looked;
		looked = undefined;
		return result ?? (await rest.next());
	};
	return { [Symbol.asyncIterator]: () => ({ next, return: async () => await rest.return(undefined) }) };
}

/** The chunks of a body, with silence and a broken connection turned into errors a user understands. */
async function* withIdleTimeout(body: Readable, idleMs: number, signal: AbortSignal): AsyncGenerator<Buffer> {
	const chunks: AsyncIterator<Uint8Array | string> = body[Symbol.asyncIterator]();
	const watch = idleTimer(idleMs, signal);
	const turn = eventLoopTurns();
	let bytes = 0;
	let waitedMs = 0;
	try {
		for (;;) {
			const since = performance.now();
			// Watched, because a silent body cannot be ended by destroying it: n8n makes it from a generator, which waits for the next chunk.
			const next = await watch.watch(chunks.next(), () => idleTimeoutError(bytes, idleMs));
			if (next.done === true) return;
			const part = Buffer.isBuffer(next.value) ? next.value : Buffer.from(next.value);
			const { length } = part;
			bytes += length;
			waitedMs += performance.now() - since;
			if (waitedMs > TRICKLE_IDLES * idleMs && bytes < waitedMs * LEAST_BYTES_PER_MS) throw trickling(bytes, waitedMs);
			yield part;
			freeBuffer(part);
			await turn(length);
		}
	} catch (fault) {
		if (signal.aborted) throw cancelled();
		throw fault instanceof WritebackError ? fault : connectionLost(bytes, fault);
	} finally {
		watch.end();
		body.destroy();
	}
}

const EXPORT_RESTARTS = 'Domo cannot resume an export, so it starts again from the first row.';

function idleTimeoutError(bytes: number, idleMs: number): WritebackError {
	const seconds = Math.round(idleMs / 1000);
	return new WritebackError('domoInterrupted', `Domo sent nothing for ${seconds} s after ${bytes} bytes`, {
		hint: `${EXPORT_RESTARTS} Raise 'Idle Timeout' if Domo always takes long to export this DataSet.`,
	});
}

function trickling(bytes: number, waitedMs: number): WritebackError {
	const what = `Domo sent only ${bytes} bytes in ${Math.round(waitedMs / 1000)} s`;
	return new WritebackError('domoInterrupted', what, {
		hint: `${EXPORT_RESTARTS} Raise 'Idle Timeout' if Domo always takes long to export this DataSet.`,
	});
}

function connectionLost(bytes: number, fault: unknown): WritebackError {
	return new WritebackError(
		'domoInterrupted',
		`Domo stopped sending after ${bytes} bytes: ${describeNetworkError(fault)}`,
		{
			hint: EXPORT_RESTARTS,
		},
	);
}

function isNoCsv(contentType: string | undefined): boolean {
	return /\b(html|json)\b/i.test(contentType ?? '');
}
