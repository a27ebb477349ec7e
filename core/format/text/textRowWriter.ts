import type { Row } from '../csv/row';
import type { TextEncoding } from '../formatOptions';
import { CellError } from '../rows/cellError';
import type { RowWriter } from '../rows/rowWriter';
import { type Encoder, openEncoder } from './encoder';
import type { Column } from '../../domo/schema';
import { invalidParameter, sanitize } from '../../support/errors';

/** The text of a file with one row a line. */
export interface RowText {
	/** In front of the first row, line break included; empty when there is nothing. */
	readonly head: string;
	/** Characters of a row beside its cells. */
	readonly rowCharacters: number;
	/** One row, line break included; `row` is its number in what is written at once. */
	line(cells: Row, row: number): string;
}

/** A batch of rows becomes little more than so much at a time, however long the names of its columns are. */
const WRITTEN_CHARACTERS = 1024 * 1024;

/** Writes text in its encoding. Throws `setting` for a character that the encoding lacks, when that is refused. */
export function createTextWriter(columns: readonly Column[], encoding: TextEncoding, text: RowText): RowWriter {
	const encoder = openEncoder(encoding);
	return {
		independent: true,
		mostRows: Math.max(1, Math.floor(WRITTEN_CHARACTERS / Math.max(1, text.rowCharacters))),
		open: () => Buffer.concat([encoder.bom, encoder.encode(text.head) ?? refuse(headFault(columns, encoder))]),
		write: (rows) => {
			let lines = '';
			let row = 0;
			for (const cells of rows) lines += text.line(cells, (row += 1));
			return [encoder.encode(lines) ?? refuse(cellFault(rows, columns, encoder))];
		},
		close: () => [],
	};
}

function refuse(fault: Error): never {
	throw fault;
}

const HINT = "Choose UTF-8, or set 'On Unmappable Character' to Replace to write a question mark instead.";

function headFault(columns: readonly Column[], encoder: Encoder): Error {
	const name = columns.find((column) => encoder.lacks(column.name) !== undefined)?.name ?? '';
	return invalidParameter(
		'File Encoding',
		`the column name "${sanitize(name)}" ${lacking(encoder.lacks(name), encoder)}`,
		HINT,
	);
}

function cellFault(rows: readonly Row[], columns: readonly Column[], encoder: Encoder): Error {
	for (const [index, cells] of rows.entries()) {
		for (const [place, cell] of cells.entries()) {
			const character = encoder.lacks(cell ?? '');
			if (character === undefined) continue;
			const column = columns[place]?.name ?? '';
			return new CellError({
				label: 'File Encoding',
				row: index + 1,
				column,
				what: lacking(character, encoder),
				hint: HINT,
			});
		}
	}
	return invalidParameter('File Encoding', `the rows contain a character that ${encoder.label} can't represent`, HINT);
}

function lacking(character: string | undefined, { label }: Encoder): string {
	return `holds "${character ?? ''}", which ${label} can't represent`;
}
