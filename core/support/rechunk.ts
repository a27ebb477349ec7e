import { abortable } from './abort';
import type { ByteStream } from './byteStream';
import type { Owner } from './fairSemaphore';
import { type PooledBuffer, bufferPool } from './bufferPool';

/** A piece of a stream in borrowed memory; `release` gives it back. */
export interface Block {
	readonly data: Buffer;
	/** Memory right before the data, for whatever the destination puts in front of it. */
	readonly before: Buffer;
	readonly release: () => void;
}

/** How a stream is regrouped. */
export interface Regrouping {
	/** Room before each block, in bytes. */
	readonly header?: number;
	/** The execution whose share of the memory it takes. */
	readonly owner?: Owner;
}

/**
 * Regroups a stream into blocks of exactly `size` bytes, the last one shorter, with room for `header` bytes before each.
 * The receiver of a block releases it. Its memory is a part of what the execution `owner` may hold.
 * Rejects with `signal.reason` as soon as it fires, even while the stream is silent, and destroys the stream in the end.
 */
export async function* rechunk(
	body: ByteStream,
	size: number,
	signal: AbortSignal,
	{ header = 0, owner = {} }: Regrouping = {},
): AsyncGenerator<Block> {
	const poolShare = bufferPool.openShare(owner);
	let pooled: PooledBuffer | undefined;
	let held = 0;
	const block = ({ buffer, release }: PooledBuffer): Block => {
		const data = buffer.subarray(header, header + held);
		[pooled, held] = [undefined, 0];
		return { data, before: buffer.subarray(0, header), release };
	};
	try {
		for await (const chunk of abortable(body, signal)) {
			for (let offset = 0; offset < chunk.length; ) {
				pooled ??= await poolShare.acquire(header + size, signal);
				const taken = chunk.copy(pooled.buffer, header + held, offset);
				offset += taken;
				held += taken;
				if (held === size) yield block(pooled);
			}
		}
		if (pooled !== undefined) yield block(pooled);
	} finally {
		pooled?.release();
		poolShare.end();
	}
}

/** Regroups a body into pieces of `size` bytes, the last one shorter. Each has memory of its own. */
export async function* rechunkUnpooled(body: ByteStream, size: number): AsyncGenerator<Buffer> {
	let piece = Buffer.allocUnsafeSlow(size);
	let held = 0;
	for await (const chunk of body) {
		for (let offset = 0; offset < chunk.length; ) {
			const taken = chunk.copy(piece, held, offset);
			offset += taken;
			held += taken;
			if (held < size) continue;
			yield piece;
			piece = Buffer.allocUnsafeSlow(size);
			held = 0;
		}
	}
	if (held > 0) yield piece.subarray(0, held);
}
