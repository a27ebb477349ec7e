import { randomBytes } from 'node:crypto';
import { WritebackError } from '../../support/errors';

/** Hands out the IDs of one upload's blocks, in Base64: each of them once, all of one length, as Azure asks for. */
export interface BlockIds {
	/** Length before Base64, in bytes. */
	readonly bytes: number;
	/** Throws `targetRefused` when there are no more of this length. */
	next(): string;
}

/** Up to this length another tool's blocks may get the same IDs by chance, however they are chosen. */
const UNSAFE_BYTES = 3;

/** What a counter has room for; `writeUIntBE` takes no more. */
const COUNTER_BYTES = 6;

/** IDs that name their upload. */
export function blockIdsOf(run: string): BlockIds {
	let count = 0;
	const next = () => Buffer.from(`${run}-${String(count++).padStart(6, '0')}`);
	return { bytes: run.length + 7, next: () => next().toString('base64') };
}

/** IDs of a length that somebody else has chosen, from a random one on; those that are `taken` are left out. */
export function blockIdsLike(bytes: number, taken: ReadonlySet<string>): BlockIds {
	const id = randomBytes(bytes);
	const counterBytes = Math.min(bytes, COUNTER_BYTES);
	const [position, all] = [bytes - counterBytes, 256 ** counterBytes];
	const start = id.readUIntBE(position, counterBytes);
	let count = 0;
	const next = (): string => {
		if (count === all) throw tooShort();
		id.writeUIntBE((start + count++) % all, position, counterBytes);
		const text = id.toString('base64');
		return taken.has(text) ? next() : text;
	};
	return { bytes, next };
}

/** Whether blocks with these IDs may have been replaced by another tool's. */
export function areUnsafe({ bytes }: BlockIds): boolean {
	return bytes <= UNSAFE_BYTES;
}

function tooShort(): WritebackError {
	return new WritebackError('targetRefused', 'Another tool left blocks with IDs that are too short under this name', {
		hint: "Change 'Filename', or wait: Azure deletes uncommitted blocks after a week.",
	});
}
