import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import { field } from '../field';
import { usesPlainIo } from '../plainIo';
import { freeBuffer } from './freeBuffer';

/** Here Node.js tells of every response of this process, before it is read (https://nodejs.org/api/diagnostics_channel.html#http). */
const RESPONSES = 'http.client.response.finish';

/** More than streams hold, so that each holds one block and never puts two together; and what one turn of the event loop takes (idleTimeout.ts). */
const BLOCK_BYTES = 256 * 1024;

const currentRequest = new AsyncLocalStorage<object>();

/**
 * Does what `ask` does. The response it gets frees its memory while it is read. Otherwise that is left to V8, which searches n8n's whole
 * heap whenever enough of it has piled up. The body stays what it is; its reader owns its chunks.
 */
export async function withFreedBuffers<T>(request: () => Promise<T>): Promise<T> {
	if (usesPlainIo) return await request();
	const store = {};
	const onResponse = (message: unknown) => {
		const response = field(message, 'response');
		if (currentRequest.getStore() === store && response instanceof IncomingMessage) freeBuffersOf(response);
	};
	subscribe(RESPONSES, onResponse);
	try {
		return await currentRequest.run(store, request);
	} finally {
		unsubscribe(RESPONSES, onResponse);
	}
}

/** Frees what the socket has read once it is parsed, and the pieces that the parser copied out of it once they are put together. */
function freeBuffersOf(response: IncomingMessage): void {
	const { socket } = response;
	const push = response.push.bind(response);
	const read = response._read.bind(response);
	let pieces: Buffer[] = [];
	let bytes = 0;
	let waiting = false;
	let parsedInto: ArrayBufferLike | undefined;
	const pass = (): boolean => {
		const all = pieces;
		[pieces, bytes] = [[], 0];
		return all.length === 0 || push(joined(all));
	};
	/** On top of what hasn't been read yet, the stream would put both together in fresh memory; it asks for more once that is read. */
	const passUnlessFull = (): boolean => response.readableLength < response.readableHighWaterMark && pass();
	const passRest = () => {
		waiting = false;
		if (!passUnlessFull()) socket.pause();
	};
	/** More may have arrived already, but the reader doesn't wait for what hasn't. */
	const passRestSoon = () => {
		if (!waiting) setImmediate(passRest);
		waiting = true;
	};
	response.push = (piece: unknown) => {
		if (!Buffer.isBuffer(piece)) {
			pass();
			return push(piece);
		}
		parsedInto = piece.buffer;
		pieces.push(piece);
		bytes += piece.length;
		// For this one the parser holds the socket back itself.
		if (bytes >= BLOCK_BYTES) return passUnlessFull();
		passRestSoon();
		return true;
	};
	response._read = (size) => {
		if (pieces.length > 0) passRestSoon();
		read(size);
	};
	const free = (chunk: Buffer) => {
		// A parser that copies nothing would still need it.
		if (chunk.buffer !== parsedInto) freeBuffer(chunk);
	};
	socket.on('data', free);
	response.once('close', () => socket.off('data', free));
}

/** One buffer of its own memory, so that its reader can give it back: a stream would put several together itself, and leave them. */
function joined(pieces: readonly Buffer[]): Buffer {
	const [only] = pieces;
	if (only !== undefined && pieces.length === 1) return only;
	const all = Buffer.allocUnsafeSlow(pieces.reduce((bytes, { length }) => bytes + length, 0));
	let offset = 0;
	for (const piece of pieces) {
		offset += piece.copy(all, offset);
		freeBuffer(piece);
	}
	return all;
}
