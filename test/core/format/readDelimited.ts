import type { DelimitedOptions } from '../../../core/format/formatOptions';
import type { Cell } from '../../../core/format/csv/row';

/** Reads delimited text one mark at a time, as whoever gets the file might: a reference that shares no idea with the writer under test. */
export function readDelimited(text: string, options: DelimitedOptions): Cell[][] {
	const { delimiter, quote, escape, lineFeed, nullValue, quoteMode } = options;
	const rows: Cell[][] = [];
	let row: Cell[] = [];
	let at = 0;
	const bareCell = (): Cell => {
		let cell = '';
		let raw = '';
		while (at < text.length && !text.startsWith(delimiter, at) && !text.startsWith(lineFeed, at)) {
			if (quoteMode === 'never' && escape !== quote && text[at] === escape) raw += text[at++];
			cell += text[at] ?? '';
			raw += text[at++] ?? '';
		}
		return raw === nullValue ? null : cell;
	};
	const quotedCell = (): Cell => {
		let cell = '';
		for (at += 1; ; at++) {
			if (at >= text.length) throw new Error('A quote is never closed');
			const escaped = text[at] === escape && (escape !== quote || text[at + 1] === quote);
			if (escaped) at += 1;
			else if (text[at] === quote) break;
			cell += text[at];
		}
		at += 1;
		return cell;
	};
	while (at < text.length) {
		row.push(quoteMode !== 'never' && text[at] === quote ? quotedCell() : bareCell());
		if (text.startsWith(delimiter, at)) {
			at += delimiter.length;
			// Nothing may follow the last delimiter of a file without a last line break; these files have one.
			continue;
		}
		if (!text.startsWith(lineFeed, at)) throw new Error(`Neither a delimiter nor a line break at ${at}`);
		at += lineFeed.length;
		rows.push(row);
		row = [];
	}
	return rows;
}
