import { CR, isSkippedLine, LF } from './cellBytes';
import type { ByteStream } from '../../support/byteStream';

const BACKSLASH = 0x5c;
const QUOTE = Buffer.from('"');

/** A line of so many spaces is left as it is: what is held stays bounded. */
const LINE_BYTES = 64 * 1024;

/**
 * Puts quotes around the lines that readers skip, which a CSV of one column has for its nulls: an empty line becomes `""`. All other bytes
 * pass as they are.
 */
export async function* visibleLines(source: ByteStream): AsyncGenerator<Buffer> {
	const lines = new Lines();
	for await (const chunk of source) {
		const passed = lines.take(chunk, false);
		if (passed.length > 0) yield passed;
	}
	const last = lines.take(Buffer.alloc(0), true);
	if (last.length > 0) yield last;
}

class Lines {
	/** The begin of a line that readers may skip. */
	private begun = Buffer.alloc(0);
	/** Whether the line that goes on has been passed on in part. */
	private isPassed = false;
	private isInside = false;

	/** What of these bytes, and of those held before, can be passed on. */
	take(chunk: Buffer, isLast: boolean): Buffer {
		const pieces: Buffer[] = [];
		const bytes = this.begun.length === 0 ? chunk : Buffer.concat([this.begun, chunk]);
		this.begun = Buffer.alloc(0);
		let passed = 0;
		let quote = bytes.indexOf(QUOTE);
		for (let start = 0; start < bytes.length; ) {
			const lineFeed = bytes.indexOf(LF, start);
			const end = lineFeed === -1 ? bytes.length : lineFeed;
			const text = bytes[end - 1] === CR && end > start && (isLast || lineFeed !== -1) ? end - 1 : end;
			if (!this.isPassed && !this.isInside && this.canBeSkipped(bytes, start, text, lineFeed !== -1 || isLast)) {
				pieces.push(bytes.subarray(passed, start));
				passed = start;
				if (lineFeed === -1 && !isLast) {
					// A copy: the chunk may be gone when the next one comes.
					this.begun = Buffer.from(bytes.subarray(start));
					break;
				}
				pieces.push(QUOTE, bytes.subarray(start, text), QUOTE);
				passed = text;
			}
			for (; quote !== -1 && quote < end; quote = bytes.indexOf(QUOTE, quote + 1)) this.isInside = !this.isInside;
			this.isPassed = lineFeed === -1 || this.isInside;
			start = end + 1;
		}
		if (this.begun.length === 0) pieces.push(bytes.subarray(passed));
		return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
	}

	/** Of a line that is not whole, whether it may become one that is skipped. */
	private canBeSkipped(bytes: Buffer, start: number, end: number, isWhole: boolean): boolean {
		if (isWhole) return isSkippedLine(bytes, start, end);
		const rest = bytes[end - 1] === CR ? end - 1 : end;
		const isBackslash = rest - start === 1 && bytes[start] === BACKSLASH;
		return end - start < LINE_BYTES && (isBackslash || isSkippedLine(bytes, start, rest));
	}
}
