import { TextDecoder } from 'node:util';
import { MOST_HELD } from '../formatLimits';
import { columnAtEnd } from './columnAtEnd';
import { notUtf8, openQuote, rowTooLong } from './csvErrors';
import { CsvScanner, type CsvShape } from './csvScanner';
import type { Row } from './row';
import type { ByteStream } from '../../support/byteStream';

/** How much is read at a time: about a millisecond's work. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads CSV as Domo exports it (RFC 4180 in UTF-8; LF or CRLF, as after the header row) in batches of at most some 64 KiB; the first row of the
 * first batch is the header. Nothing and `\N` without quotes are null, in quotes they are text. Nothing is repaired: rejects with
 * `rowsDiffer` for a row with other than the header's number of cells and for an end inside quotes, with `domoNotData` for what is no UTF-8,
 * for quotes outside the rules, and for a row of more than 4 Mi characters or 10,000 cells.
 */
export async function* readCsv(source: ByteStream): AsyncGenerator<readonly Row[]> {
	const reader = new CsvReader();
	const decoder = new TextDecoder('utf-8', { fatal: true });
	for await (const chunk of source) {
		for (let offset = 0; offset < chunk.length; offset += PIECE_BYTES) {
			const piece = decoded(decoder, reader, chunk.subarray(offset, offset + PIECE_BYTES));
			const rows = reader.read(piece);
			if (rows.length > 0) yield rows;
		}
	}
	const rows = reader.end(decoded(decoder, reader));
	if (rows.length > 0) yield rows;
}

/** Text of its own memory; what is left of a character that was cut comes with the next piece. Without a piece: the end. */
function decoded(decoder: TextDecoder, reader: CsvReader, piece?: Buffer): string {
	try {
		return decoder.decode(piece, { stream: piece !== undefined });
	} catch {
		throw notUtf8(reader.shape.rows);
	}
}

/** Rows from text that arrives in pieces cut anywhere. */
class CsvReader {
	readonly shape: CsvShape = { rows: 0, model: [], crlf: false };
	private begun = '';
	private added = '';

	read(piece: string): readonly Row[] {
		this.added += piece;
		// A row longer than a piece is looked at again only when twice as much of it is here.
		return this.added.length < this.begun.length ? [] : this.scan();
	}

	/** What was put off, and a last row without a line break after it. */
	end(piece: string): readonly Row[] {
		this.added += piece;
		const rows = this.scan();
		if (this.begun === '') return rows;
		this.added = '\n';
		rows.push(...this.scan());
		if (this.begun !== '') throw openQuote(this.shape.rows);
		return rows;
	}

	private scan(): Row[] {
		const scan = new CsvScanner(this.begun + this.added, this.shape);
		const rows = scan.rows();
		this.begun = scan.rest();
		this.added = '';
		if (this.begun.length > MOST_HELD) throw rowTooLong(this.shape.rows, columnAtEnd(this.begun));
		return rows;
	}
}
