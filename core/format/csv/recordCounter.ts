import { countLines, PIECE_BYTES } from './csvBytes';

const LINE_FEED = 0x0a;

/**
 * Counts the records of a CSV that arrives in pieces cut anywhere (RFC 4180: a quote inside a quoted field is doubled,
 * so toggling at every quote byte is exact). UTF-8 safe: neither byte occurs inside a longer character.
 */
export class RecordCounter {
	private insideQuotes = 0;
	private lineFeeds = 0;
	private lastByte = LINE_FEED;

	add(chunk: Uint8Array): void {
		for (let offset = 0; offset < chunk.length; offset += PIECE_BYTES) {
			const { found, inside } = countLines(chunk.subarray(offset, offset + PIECE_BYTES), this.insideQuotes);
			this.lineFeeds += found;
			this.insideQuotes = inside;
		}
		this.lastByte = chunk.at(-1) ?? this.lastByte;
	}

	/** Whether what was added ends inside quotes. */
	get isInsideQuotes(): boolean {
		return this.insideQuotes === 1;
	}

	/** Records so far, the header row included; the last one counts also without a line break after it. */
	get records(): number {
		const open = this.insideQuotes === 1 || this.lastByte !== LINE_FEED;
		return this.lineFeeds + (open ? 1 : 0);
	}
}
