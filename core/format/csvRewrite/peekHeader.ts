import { columnAtEnd } from '../csv/columnAtEnd';
import { rowTooLong } from '../csv/csvErrors';
import { CsvScanner } from '../csv/csvScanner';
import type { Row } from '../csv/row';
import { MOST_HELD } from '../formatLimits';
import type { ByteStream } from '../../support/byteStream';

/** The header row of an export, and all of the export; read or end it. */
export interface PeekedHeader {
	/** Undefined when the export ends before a line break. */
	readonly header: Row | undefined;
	readonly source: ByteStream;
}

/** Reads as far as the first row goes. Rejects as `readCsv` does. */
export async function peekHeader(source: ByteStream): Promise<PeekedHeader> {
	const chunks = source[Symbol.asyncIterator]();
	let begun: Buffer[] = [];
	let bytes = 0;
	let wanted = 1;
	for (;;) {
		const next = await chunks.next();
		const isEnd = next.done === true;
		// A copy: the chunk may be gone when the next one comes.
		if (!isEnd) begun.push(Buffer.from(next.value));
		if (!isEnd) bytes += next.value.length;
		// A row that goes on is looked at again only when twice as much of it is here.
		if (!isEnd && bytes < wanted) continue;
		const whole = Buffer.concat(begun);
		begun = [whole];
		const header = headerOf(whole);
		if (header !== undefined || isEnd) return { header, source: rejoined(whole, chunks) };
		if (bytes > MOST_HELD) throw rowTooLong(0, columnAtEnd(whole.toString('latin1')));
		wanted = Math.min(2 * bytes, MOST_HELD + 1);
	}
}

function headerOf(bytes: Buffer): Row | undefined {
	const text = bytes.toString();
	const shape = { rows: 0, model: [], crlf: false };
	return new CsvScanner(text.startsWith('\ufeff') ? text.slice(1) : text, shape).first();
}

async function* rejoined(begun: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	try {
		if (begun.length > 0) yield begun;
		for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
	} finally {
		await rest.return?.();
	}
}
