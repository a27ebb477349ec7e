/** A few bytes of a file, by what they come to. */
export interface Sample {
	readonly offset: number;
	readonly bytes: number;
	readonly checksum: number;
}

/** Samples of a file that is being written, taken before its blocks are sent. */
export interface Samples {
	/** Takes samples of one block; blocks are added in the order of the file. */
	add(offset: number, block: Buffer): void;
	/** One sample of every block; with `more`, all that were taken. */
	pick(more: boolean): Iterable<Sample>;
}

/** Enough that another DataSet's rows differ in it. */
export const MOST_SAMPLE_BYTES = 64;

/** The first blocks get a sample for each of these pieces, which is what most servers store at a time; later ones get a single sample. */
const PIECE_BYTES = 32 * 1024;
const DENSE_BYTES = 32 * 1024 * 1024;

/** How often another place is tried when all bytes of a sample are the same: zeros must not pass for them. */
const PLACES = 8;

export function takeSamples(): Samples {
	// Numbers, not objects: a large file has hundreds of thousands. A place and a length share one.
	const places: number[] = [];
	const checksums: number[] = [];
	/** Where each block's samples begin. */
	const blocks: number[] = [];
	const take = (offset: number, block: Buffer, from: number, to: number) => {
		const bytes = Math.min(MOST_SAMPLE_BYTES, to - from);
		const start = placeIn(block, from, to, bytes);
		places.push((offset + start) * MOST_SAMPLE_BYTES + bytes - 1);
		checksums.push(checksum(block, start, bytes));
	};
	const sample = (index: number): Sample => {
		const place = places[index] ?? 0;
		const offset = Math.floor(place / MOST_SAMPLE_BYTES);
		return { offset, bytes: (place % MOST_SAMPLE_BYTES) + 1, checksum: checksums[index] ?? 0 };
	};
	return {
		add: (offset, block) => {
			blocks.push(places.length);
			for (let from = 0; from < block.length; ) {
				const to = offset < DENSE_BYTES ? endOfPiece(offset, from) : block.length;
				take(offset, block, from, Math.min(to, block.length));
				from = to;
			}
		},
		*pick(more) {
			if (more) for (let index = 0; index < places.length; index++) yield sample(index);
			else
				for (const [block, from] of blocks.entries()) {
					const to = blocks[block + 1] ?? places.length;
					yield sample(from + Math.floor(Math.random() * (to - from)));
				}
		},
	};
}

/** Where a piece ends that begins at `from` of a block: servers cut each request, or the file itself. Every piece of both kinds holds one of these. */
function endOfPiece(offset: number, from: number): number {
	const inFile = PIECE_BYTES - ((offset + from) % PIECE_BYTES);
	const inBlock = PIECE_BYTES - (from % PIECE_BYTES);
	return from + Math.min(inFile, inBlock);
}

/** A place that a server cannot foresee. */
function placeIn(block: Buffer, from: number, to: number, bytes: number): number {
	let start = from;
	for (let tries = 0; tries < PLACES; tries++) {
		start = from + Math.floor(Math.random() * (to - from - bytes + 1));
		if (isVaried(block, start, bytes)) break;
	}
	return start;
}

function isVaried(block: Buffer, start: number, bytes: number): boolean {
	for (let offset = start + 1; offset < start + bytes; offset++) if (block[offset] !== block[start]) return true;
	return false;
}

/** FNV-1a, 32 bits (RFC 9923): quick on few bytes, and no one gains by forging it. */
export function checksum(data: Buffer, start: number, bytes: number): number {
	let sum = 0x811c9dc5;
	for (let offset = start; offset < start + bytes; offset++) sum = Math.imul(sum ^ (data[offset] ?? 0), 0x01000193);
	return sum >>> 0;
}
