import type { ByteStream } from '../../support/byteStream';
import type { Block } from '../../support/rechunk';
import type { ExistingFile, Name, Target } from '../destination';

/** Where files wait for the next step of the workflow: what this destination needs of it. */
export interface BinaryStore {
	/**
	 * Keeps all of `body`, which the next step doesn't see yet, and gives back each block once it needs it no more. Rejects with the store's
	 * own error; what it had kept by then is its own affair. Asks for no more once `signal` fires, but may take longer to settle.
	 */
	write(body: AsyncIterable<Block>, file: Labels, signal: AbortSignal): Promise<StoredBinary>;
	/** What was handed on under this name. */
	find(name: Name): ExistingFile | undefined;
}

/** What the next step gets to know about a file beside its content. */
export interface Labels {
	readonly fileName: string;
	readonly contentType: string;
}

/** A file in the store. */
export interface StoredBinary {
	/** How many bytes the store says it holds. */
	readonly bytes: number;
	/** What the store holds; a chunk is valid until the next one is asked for. */
	read(): Promise<ByteStream>;
	/** Shows it to the next step, in the place of what was handed on under this name before. */
	handOn(target: Target): Promise<void>;
	/** Drops it. Never rejects; resolves to its name in the store when that has to do it later. */
	remove(): Promise<string | undefined>;
}
