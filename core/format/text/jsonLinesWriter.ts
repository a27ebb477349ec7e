import type { Row } from '../csv/row';
import type { JsonLinesOptions } from '../formatOptions';
import type { OpenRowWriter } from '../rows/rowWriter';
import { duplicateColumnError } from './duplicateColumns';
import { type Encoder, openEncoder } from './encoder';
import { createTextWriter } from './textRowWriter';
import type { Column, ColumnType } from '../../domo/schema';

const NUMBER_TYPES: ReadonlySet<ColumnType> = new Set(['LONG', 'DECIMAL', 'DOUBLE']);

/** A number of RFC 8259. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Numbers as others write them, too: with a plus, leading zeros, or nothing on one side of the point. */
const LOOSE_NUMBER = /^([+-]?)(?=\.?\d)0*(?!0)(\d*)(?:\.(\d*))?((?:[eE][+-]?\d+)?)$/;

/** What JSON.stringify may change. */
const ESCAPED = /["\\\p{Cc}]/u;

/** What JSON allows in a string, and what many a reader takes for the end of a line (Python's splitlines). */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/**
 * Writes one JSON object a line (jsonlines.org), the columns in order as its keys. Numbers keep every digit that Domo wrote; where JSON forbids
 * their form, it is mended without changing the value (`+.50` → `0.50`), and what is no number (`NaN`) is a string. Null is null, all else a
 * string. Throws `setting` when two columns have the same name.
 */
export function openJsonLines(options: JsonLinesOptions): OpenRowWriter {
	return (columns) => {
		checkKeys(columns, openEncoder(options));
		const keys = columns.map(({ name }, place) => `${place === 0 ? '{' : ','}${string(name)}:`);
		const numbers = columns.map(({ type }) => NUMBER_TYPES.has(type));
		const end = `}${options.lineFeed}`;
		const rowCharacters = keys.reduce((sum, { length }) => sum + length, end.length);
		const line = (cells: Row) => {
			let text = '';
			for (let place = 0; place < cells.length; place++) {
				const cell = cells[place] ?? null;
				text += keys[place] ?? '';
				text += cell === null ? 'null' : numbers[place] === true ? number(cell) : string(cell);
			}
			return text + end;
		};
		return createTextWriter(columns, options, { head: '', rowCharacters, line });
	};
}

function string(cell: string): string {
	const text = ESCAPED.test(cell) ? JSON.stringify(cell) : `"${cell}"`;
	return text.search(LINE_ENDS) === -1 ? text : text.replace(LINE_ENDS, escaped);
}

function escaped(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function number(cell: string): string {
	if (JSON_NUMBER.test(cell)) return cell;
	const loose = LOOSE_NUMBER.exec(cell);
	if (loose === null) return string(cell);
	const [, sign = '', whole = '', fraction = '', exponent = ''] = loose;
	return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}${exponent}`;
}

function checkKeys(columns: readonly Column[], encoder: Encoder): void {
	const names = new Set<string>();
	for (const column of columns) {
		// Names that differ may be the same once their characters are replaced.
		const name = encoder.written(column.name);
		if (names.has(name)) {
			throw duplicateColumnError('JSON Lines', name);
		}
		names.add(name);
	}
}
