import { createHash } from 'node:crypto';
import { type BlockBlobClient, RestError } from '@azure/storage-blob';
import { retryRequest, type RetryOptions } from './retryRequest';
import type { StagedData } from './stagedData';
import { abortable } from '../../support/abort';
import { codeOf } from '../../support/errors';
import { mapConcurrently } from '../../support/mapConcurrently';

/** A part of a blob, and what it should hold. */
interface Piece {
	readonly offset: number;
	readonly bytes: number;
	readonly algorithm: 'sha256' | 'md5';
	readonly digest: Buffer;
}

/** How many parts are read at once; nothing of them is kept. */
const AT_ONCE = 4;

/** Whether every byte of a blob's version is what was sent. Rejects with the SDK's fault, with status 412 when there is another version. */
export async function isAsSent(
	blob: BlockBlobClient,
	staged: StagedData,
	etag: string,
	retry: RetryOptions,
): Promise<boolean> {
	const pieces = piecesOf(staged);
	let isSame = true;
	await mapConcurrently(pieces.length, AT_ONCE, async (index) => {
		const piece = pieces[index];
		if (piece === undefined || !isSame) return;
		const digest = await retryRequest(
			retry,
			async (signal) => await digestOf(blob, piece, etag, signal, retry.signal),
			piece.bytes,
		);
		isSame &&= digest.equals(piece.digest);
	});
	return isSame;
}

function piecesOf(staged: StagedData): readonly Piece[] {
	if (staged.kind === 'small') {
		const { data } = staged;
		const digest = createHash('sha256').update(data).digest();
		// A range of an empty blob is none.
		return data.length === 0 ? [] : [{ offset: 0, bytes: data.length, algorithm: 'sha256', digest }];
	}
	let offset = 0;
	return staged.list.map(({ bytes, md5, sha256 }) => {
		const position = offset;
		offset += bytes;
		return sha256 === undefined
			? { offset: position, bytes, algorithm: 'md5', digest: md5 }
			: { offset: position, bytes, algorithm: 'sha256', digest: sha256 };
	});
}

async function digestOf(
	blob: BlockBlobClient,
	{ offset, bytes, algorithm }: Piece,
	etag: string,
	signal: AbortSignal,
	stopped: AbortSignal,
): Promise<Buffer> {
	const options = { abortSignal: signal, conditions: { ifMatch: etag }, maxRetryRequests: 0 };
	const { readableStreamBody } = await blob.download(offset, bytes, options);
	if (readableStreamBody === undefined) throw broken(undefined);
	const hash = createHash(algorithm);
	try {
		for await (const chunk of abortable(chunksOf(readableStreamBody), signal)) hash.update(chunk);
	} catch (fault) {
		throw stopped.aborted || signal.aborted ? fault : broken(fault);
	}
	return hash.digest();
}

async function* chunksOf(body: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
	for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** As the SDK tells of a line that broke before the answer: that passes. */
function broken(fault: unknown): RestError {
	return new RestError('The line broke', { code: codeOf(fault) || 'ECONNRESET' });
}
