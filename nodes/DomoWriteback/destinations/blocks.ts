import type { Readable } from 'node:stream';
import { type Loan, memory } from './memory';

/** A piece of a stream in borrowed memory; `release` gives it back. */
export interface Block {
	readonly data: Buffer;
	readonly release: () => void;
}

/**
 * Regroups a stream into blocks of exactly `size` bytes, the last one shorter. Whoever gets a block releases it.
 * Rejects with `signal.reason` as soon as it fires, even while the stream is silent, and destroys the stream in the end.
 */
export async function* blocks(body: Readable, size: number, signal: AbortSignal): AsyncGenerator<Block> {
	let loan: Loan | undefined;
	let held = 0;
	try {
		for await (const chunk of interruptible(body, signal)) {
			for (let at = 0; at < chunk.length; ) {
				loan ??= await memory.lend(size, signal);
				const taken = chunk.copy(loan.buffer, held, at);
				at += taken;
				held += taken;
				if (held < size) continue;
				const { buffer: data, release } = loan;
				loan = undefined;
				held = 0;
				yield { data, release };
			}
		}
		if (loan === undefined) return;
		const { buffer, release } = loan;
		loan = undefined;
		yield { data: buffer.subarray(0, held), release };
	} finally {
		loan?.release();
	}
}

/**
 * The chunks of a stream. Rejects with `signal.reason` as soon as it fires, even while the stream is silent: destroying it would
 * not do, as one made from a generator ends only when the generator goes on. Destroys the stream in the end.
 */
export async function* interruptible(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
	const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
	let interrupt: (reason: unknown) => void = () => undefined;
	const onAbort = () => interrupt(signal.reason);
	signal.addEventListener('abort', onAbort, { once: true });
	try {
		for (;;) {
			const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
				interrupt = reject;
				if (signal.aborted) reject(signal.reason);
				chunks.next().then(resolve, reject);
			});
			if (next.done === true) return;
			yield next.value;
		}
	} finally {
		signal.removeEventListener('abort', onAbort);
		body.destroy();
	}
}
