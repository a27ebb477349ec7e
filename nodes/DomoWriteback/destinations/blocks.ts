import type { Readable } from 'node:stream';

/**
 * Regroups a stream into blocks of exactly `size` bytes, the last one shorter. Copies only what spans two chunks.
 * Rejects with `signal.reason` as soon as it fires, even while the stream is silent, and destroys the stream in the end.
 */
export async function* blocks(body: Readable, size: number, signal: AbortSignal): AsyncGenerator<Buffer> {
	let parts: Buffer[] = [];
	let held = 0;
	for await (const chunk of interruptible(body, signal)) {
		let rest = chunk;
		while (held + rest.length >= size) {
			const taken = rest.subarray(0, size - held);
			yield parts.length === 0 ? taken : Buffer.concat([...parts, taken], size);
			rest = rest.subarray(taken.length);
			parts = [];
			held = 0;
		}
		if (rest.length > 0) parts.push(rest);
		held += rest.length;
	}
	if (held > 0) yield Buffer.concat(parts, held);
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
