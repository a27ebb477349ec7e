/** A few bytes of a file, by what they come to. */
export interface Sample {
	readonly at: number;
	readonly bytes: number;
	readonly checksum: number;
}

/** Samples of a file that is being written, taken before its blocks are sent. */
export interface Samples {
	/** Takes samples of one block; blocks are added in the order of the file, all but the last of one size. */
	add(at: number, block: Buffer): void;
	/** One sample of every block; with `more`, all that were taken. */
	pick(more: boolean): readonly Sample[];
}

/** Enough that another DataSet's rows differ in it. */
const SAMPLE_BYTES = 64;

/** The first blocks get a sample for each of these pieces, which is what most servers store at a time; later ones get a single sample. */
const PIECE_BYTES = 32 * 1024;
const DENSE_BYTES = 32 * 1024 * 1024;

/** How often another place is tried when all bytes of a sample are the same: zeros must not pass for them. */
const PLACES = 8;

export function takeSamples(): Samples {
	const samples: Sample[] = [];
	/** Where each block's samples begin in the list. */
	const blocks: number[] = [];
	return {
		add: (at, block) => {
			blocks.push(samples.length);
			const pieceBytes = at < DENSE_BYTES ? PIECE_BYTES : block.length;
			for (let from = 0; from < block.length; from += pieceBytes)
				samples.push(sampleOf(at, block, from, Math.min(from + pieceBytes, block.length)));
		},
		pick: (more) => (more ? samples : blocks.map((from, index) => oneOf(samples, from, blocks[index + 1])).flat()),
	};
}

/** At a place that a server cannot foresee. */
function sampleOf(at: number, block: Buffer, from: number, to: number): Sample {
	const bytes = Math.min(SAMPLE_BYTES, to - from);
	let start = from;
	for (let tries = 0; tries < PLACES; tries++) {
		start = from + Math.floor(Math.random() * (to - from - bytes + 1));
		if (isVaried(block, start, bytes)) break;
	}
	return { at: at + start, bytes, checksum: checksum(block, start, bytes) };
}

function isVaried(block: Buffer, start: number, bytes: number): boolean {
	for (let at = start + 1; at < start + bytes; at++) if (block[at] !== block[start]) return true;
	return false;
}

function oneOf(samples: readonly Sample[], from: number, to = samples.length): readonly Sample[] {
	const chosen = from + Math.floor(Math.random() * (to - from));
	return samples.slice(chosen, chosen + 1);
}

/** FNV-1a, 32 bits (RFC 9923): quick on few bytes, and no one gains by forging it. */
export function checksum(data: Buffer, start: number, bytes: number): number {
	let sum = 0x811c9dc5;
	for (let at = start; at < start + bytes; at++) sum = Math.imul(sum ^ (data[at] ?? 0), 0x01000193);
	return sum >>> 0;
}
