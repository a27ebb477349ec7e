import type { Body } from '../../destinations/destination';
import { CsvScan } from '../csvScan';
import type { Row } from '../row';

/** The header row of an export, and all of the export; read or end it. */
export interface Peeked {
	/** Undefined when the export ends before a line break. */
	readonly header: Row | undefined;
	readonly source: Body;
}

/** Reads as far as the first row goes. Rejects as `readCsv` does. */
export async function peek(source: Body): Promise<Peeked> {
	const chunks = source[Symbol.asyncIterator]();
	let begun = Buffer.alloc(0);
	for (;;) {
		const next = await chunks.next();
		if (next.done === true) return { header: undefined, source: rejoined(begun, chunks) };
		begun = Buffer.concat([begun, next.value]);
		const [header] = new CsvScan(begun.toString().replace(/^\ufeff/u, ''), { rows: 0, model: [], crlf: false }).rows();
		if (header !== undefined) return { header, source: rejoined(begun, chunks) };
	}
}

async function* rejoined(begun: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	try {
		if (begun.length > 0) yield begun;
		for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
	} finally {
		await rest.return?.();
	}
}
