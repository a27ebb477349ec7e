import { createHash } from 'node:crypto';
import { type BlockBlobClient, RestError } from '@azure/storage-blob';
import { retryRequest, type RetryOptions } from './retryRequest';
import type { StagedData } from './stagedData';
import { abortable } from '../../support/abort';
import { codeOf } from '../../support/errors';
import { ContentMac } from '../../support/hashing/contentMac';
import { mapConcurrently } from '../../support/mapConcurrently';

/** A part of a blob, and what it should hold. */
interface Piece {
	readonly offset: number;
	readonly bytes: number;
	/** Begins a comparison with what was sent: once for each try. */
	readonly compare: () => Comparison;
}

interface Comparison {
	/** Takes in the next bytes that the blob holds. */
	update(chunk: Buffer): void;
	/** To be called once. */
	isAsSent(): boolean;
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
		const isPieceSame = await retryRequest(
			retry,
			async (signal) => await isPieceAsSent(blob, piece, etag, signal, retry.signal),
			piece.bytes,
		);
		isSame &&= isPieceSame;
	});
	return isSame;
}

function piecesOf(staged: StagedData): readonly Piece[] {
	if (staged.kind === 'small') {
		const { data } = staged;
		const mac = new ContentMac();
		mac.update(data);
		// A range of an empty blob is none.
		return data.length === 0 ? [] : [{ offset: 0, bytes: data.length, compare: byMac(mac) }];
	}
	let offset = 0;
	return staged.list.map(({ bytes, md5, mac }) => {
		const position = offset;
		offset += bytes;
		return { offset: position, bytes, compare: mac === undefined ? byMd5(md5) : byMac(mac) };
	});
}

function byMac(sent: ContentMac): Piece['compare'] {
	return () => {
		const stored = sent.again();
		return { update: (chunk) => stored.update(chunk), isAsSent: () => stored.equals(sent) };
	};
}

function byMd5(sent: Buffer): Piece['compare'] {
	return () => {
		const stored = createHash('md5');
		return { update: (chunk) => stored.update(chunk), isAsSent: () => stored.digest().equals(sent) };
	};
}

async function isPieceAsSent(
	blob: BlockBlobClient,
	{ offset, bytes, compare }: Piece,
	etag: string,
	signal: AbortSignal,
	stopped: AbortSignal,
): Promise<boolean> {
	const options = { abortSignal: signal, conditions: { ifMatch: etag }, maxRetryRequests: 0 };
	const { readableStreamBody } = await blob.download(offset, bytes, options);
	if (readableStreamBody === undefined) throw broken(undefined);
	const stored = compare();
	try {
		for await (const chunk of abortable(chunksOf(readableStreamBody), signal)) stored.update(chunk);
	} catch (fault) {
		throw stopped.aborted || signal.aborted ? fault : broken(fault);
	}
	return stored.isAsSent();
}

async function* chunksOf(body: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
	for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** As the SDK tells of a line that broke before the answer: that passes. */
function broken(fault: unknown): RestError {
	return new RestError('The line broke', { code: codeOf(fault) || 'ECONNRESET' });
}
