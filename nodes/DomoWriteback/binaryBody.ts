import { Readable } from 'node:stream';
import { onAbort } from '../../core/support/abort';
import { cancelled } from '../../core/support/errors';
import type { Block } from '../../core/support/rechunk';

/** What is read ahead while n8n writes. */
const BLOCKS_AHEAD = 3;

/**
 * Hands `blocks` to `store` as a stream, and ends them once it has settled or `signal` fires. n8n's filesystem mode iterates a stream (fs.writeFile)
 * and asks for a piece when it has written the one before, whose memory is then given back. Its other modes collect what a stream emits
 * (https://github.com/n8n-io/n8n, binaryToBuffer), so that gets memory of its own.
 */
export async function withStream<T>(
	blocks: AsyncIterable<Block>,
	signal: AbortSignal,
	store: (stream: Readable) => Promise<T>,
): Promise<T> {
	const stream = streamOf(blocks);
	const stopListening = onAbort(signal, () => stream.destroy(cancelled()));
	try {
		return await store(stream);
	} finally {
		stopListening();
		stream.destroy();
	}
}

function streamOf(blocks: AsyncIterable<Block>): Readable {
	/** Lent blocks that are read ahead, in their order. */
	let ahead: Block[] = [];
	let isIterated = false;
	async function* pieces() {
		for await (const block of blocks) {
			if (isIterated) ahead.push(block);
			yield isIterated ? block.data : copied(block);
		}
	}
	const stream = Readable.from(pieces(), { highWaterMark: BLOCKS_AHEAD });
	const iterate = stream[Symbol.asyncIterator].bind(stream);
	stream[Symbol.asyncIterator] = async function* oneByOne(): NodeJS.AsyncIterator<unknown> {
		isIterated = true;
		for await (const piece of iterate()) {
			// What was read before it was iterated is a copy.
			const block = ahead[0]?.data === piece ? ahead.shift() : undefined;
			try {
				yield piece;
			} finally {
				// Not earlier, even if the stream is destroyed: it may still be written.
				block?.release();
			}
		}
	};
	// A reader gets the error as well; without a listener, Node.js would end the process while n8n isn't reading yet.
	stream.on('error', () => undefined);
	stream.once('close', () => {
		for (const { release } of ahead) release();
		ahead = [];
	});
	return stream;
}

function copied({ data, release }: Block): Buffer {
	try {
		return Buffer.from(data);
	} finally {
		release();
	}
}
