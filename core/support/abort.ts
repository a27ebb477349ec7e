import { setMaxListeners } from 'node:events';
import { Readable } from 'node:stream';
import type { ByteStream } from './byteStream';
import { cancelled } from './errors';

/** Calls `listener` once `signal` fires, at once when it has fired before. Call the result to stop listening. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
	if (signal.aborted) {
		listener();
		return () => undefined;
	}
	signal.addEventListener('abort', listener, { once: true });
	return () => signal.removeEventListener('abort', listener);
}

/** Fires with the first of them. Many may listen: Node.js 20 takes the eleventh listener of a signal for a leak, and warns. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
	const any = AbortSignal.any([...signals]);
	setMaxListeners(0, any);
	return any;
}

/** What ends several things that run side by side: the first fault of any of them, or the user. */
export interface FirstError {
	/** Fires once; its `reason` is the first fault, or `cancelled`. */
	readonly signal: AbortSignal;
	readonly fail: (reason: unknown) => void;
	/** Stops listening to the user's signal. */
	readonly stopListening: () => void;
}

export function firstError(stopped: AbortSignal): FirstError {
	const failing = new AbortController();
	setMaxListeners(0, failing.signal);
	const stopListening = onAbort(stopped, () => failing.abort(cancelled()));
	return {
		signal: failing.signal,
		fail: (reason) => failing.abort(reason),
		stopListening,
	};
}

/**
 * The chunks of a stream. Rejects with `signal.reason` as soon as it fires, even while the stream is silent: ending it would
 * not do, as a generator ends only when it goes on. Ends the stream in the end.
 */
export async function* abortable(body: ByteStream, signal: AbortSignal): AsyncGenerator<Buffer> {
	const chunks = body[Symbol.asyncIterator]();
	let interrupt: (reason: unknown) => void = () => undefined;
	const stopListening = onAbort(signal, () => interrupt(signal.reason));
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
		stopListening();
		if (body instanceof Readable) body.destroy();
		else chunks.return?.().catch(() => undefined);
	}
}

/** Settles as `work` does, but rejects with `cancelled` as soon as `signal` fires; `late` then gets what arrives after all. */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal, late?: (value: T) => void): Promise<T> {
	let stopListening = (): void => undefined;
	const stopped = new Promise<never>((_, reject) => {
		stopListening = onAbort(signal, () => reject(cancelled()));
	});
	try {
		return await Promise.race([work, stopped]);
	} catch (fault) {
		if (signal.aborted) work.then(late, () => undefined);
		throw fault;
	} finally {
		stopListening();
	}
}
