import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** What went through a stream of CSV. */
export interface Tally {
	readonly bytes: number;
	/** Records without the header row; a line break inside quotes is not a row. */
	readonly rows: number;
	/** Of all bytes, in lower-case hex. */
	readonly sha256: string;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * Counts the records of a CSV that arrives in pieces cut anywhere (RFC 4180: a quote inside a quoted field is doubled,
 * so toggling at every quote byte is exact). UTF-8 safe: neither byte occurs inside a longer character.
 */
export class RecordCount {
	private insideQuotes = 0;
	private lineFeeds = 0;
	private lastByte = LINE_FEED;

	add(chunk: Uint8Array): void {
		let inside = this.insideQuotes;
		let found = 0;
		for (let at = 0; at < chunk.length; at++) {
			const byte = chunk[at];
			if (byte === QUOTE) inside ^= 1;
			else if (byte === LINE_FEED) found += inside ^ 1;
		}
		this.insideQuotes = inside;
		this.lineFeeds += found;
		this.lastByte = chunk.at(-1) ?? this.lastByte;
	}

	/** Records so far, the header row included; the last one counts also without a line break after it. */
	get records(): number {
		const open = this.insideQuotes === 1 || this.lastByte !== LINE_FEED;
		return this.lineFeeds + (open ? 1 : 0);
	}
}

/** A stream's tally while it runs. */
export interface Measure {
	/** Passes the chunks on, each measured first. */
	through(source: Readable): AsyncGenerator<Buffer>;
	/** Counts so far, without the hash. */
	soFar(): { readonly bytes: number; readonly rows: number };
	/** Call it once, after the end. */
	total(): Tally;
}

export function measure(): Measure {
	const hash = createHash('sha256');
	const count = new RecordCount();
	let bytes = 0;
	const rows = () => Math.max(0, count.records - 1);
	return {
		async *through(source) {
			for await (const chunk of source) {
				const part: Buffer = chunk;
				bytes += part.length;
				count.add(part);
				hash.update(part);
				yield part;
			}
		},
		soFar: () => ({ bytes, rows: rows() }),
		total: () => ({ bytes, rows: rows(), sha256: hash.digest('hex') }),
	};
}
