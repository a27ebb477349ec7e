import type { ServerTraits } from '../connection/serverTraits';
import type { Sample } from '../handles/blockSamples';
import { findDifference, type ReadHandle, sizeByHandle } from '../handles/readBack';
import { isRefusal, saysMissing, statusOf } from '../statusErrors';
import { WritebackError } from '../../../support/errors';

/** The server does not let a file be read, or could not read it. */
export interface Unreadable {
	readonly isReadable: false;
	readonly refusal: Error;
	/** How far it came before. */
	readonly reached: 'nothing' | 'opened' | 'read';
}

/** What a file that can be read shows. */
export interface Readable {
	readonly isReadable: true;
	/** Undefined when the server does not say. */
	readonly size: number | undefined;
	/** Where it differs from a sample; undefined when it is like all of them. */
	readonly difference: number | undefined;
}

/** Whether nothing tells it from a file of `bytes`. */
export function isLike(proof: Readable | Unreadable, bytes: number): boolean {
	return proof.isReadable && proof.difference === undefined && (proof.size ?? bytes) === bytes;
}

/**
 * Whether a server that lets this user read could not read this file of a folder, as on a bad disk. Many servers have one status for that
 * and for what is forbidden: it is no refusal once something was read.
 */
export function isReadFault({ refusal, reached }: Unreadable, traits: ServerTraits, folder: string): boolean {
	if (isRefusal(refusal) || saysMissing(refusal)) return false;
	if (reached === 'read') return true;
	// A server that has let other files be read may still have a folder for uploads alone.
	if (!traits.proven || traits.unreadableFolders.has(folder)) return false;
	return reached === 'opened' || !traits.unreadable;
}

/** Holds a file against samples and closes it. Rejects when the connection is lost. */
export async function compareSamples(
	opening: Promise<ReadHandle>,
	samples: Iterable<Sample>,
): Promise<Readable | Unreadable> {
	return await whenReadable(opening, async (file) => {
		const [size, difference] = await Promise.all([sizeByHandle(file), findDifference(file, samples)]);
		return { isReadable: true, size, difference };
	});
}

/** Uses a file and closes it; resolves to why it cannot be read when the server refuses. Rejects when the connection is lost. */
export async function whenReadable<T>(
	opening: Promise<ReadHandle>,
	use: (file: ReadHandle) => Promise<T>,
): Promise<T | Unreadable> {
	let file: ReadHandle | undefined;
	try {
		file = await opening;
		return await use(file);
	} catch (fault) {
		if (!(fault instanceof Error) || fault instanceof WritebackError || statusOf(fault) === undefined) throw fault;
		const reached = file === undefined ? 'nothing' : file.isRead === true ? 'read' : 'opened';
		return { isReadable: false, refusal: fault, reached };
	} finally {
		// Sent before whatever follows on this channel; the answer tells nothing.
		file?.channel.close(file.handle).catch(() => undefined);
	}
}
