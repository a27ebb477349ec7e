import { type Column, type ColumnType, dataSet, type SandboxDataSet } from '../../../sandbox/domo/dataSet';

/** A DataSet whose export is this text, whatever its schema says. */
function raw(name: string, columns: Readonly<Record<string, ColumnType>>, text: string): SandboxDataSet {
	return bytes(name, columns, Buffer.from(text));
}

function bytes(name: string, columns: Readonly<Record<string, ColumnType>>, ...chunks: Buffer[]): SandboxDataSet {
	const listed = Object.entries(columns).map(([of, type]): Column => ({ name: of, type }));
	return dataSet({ name, columns: listed, rows: 1, csv: () => chunks.map((chunk) => Buffer.from(chunk)) });
}

const AB = { a: 'STRING', b: 'STRING' } as const;

/** A DataSet each for what only its own content or schema provokes. */
export const DATA_SETS = {
	plain: raw('Plain', AB, 'a,b\n1,2\n'),
	euro: raw('A sign that few encodings have', AB, 'a,b\n1,€\n'),
	euroColumn: raw('A column with such a sign', { 'a€': 'STRING' }, 'a€\n1\n'),
	comma: raw('A comma', AB, 'a,b\n1,"2,3"\n'),
	lineBreak: raw('A line break', AB, 'a,b\n1,"2\n3"\n'),
	nullWord: raw('The word null', AB, 'a,b\n1,NULL\n'),
	commaColumn: raw('A column with a comma', { 'a,b': 'STRING' }, '"a,b"\n1\n'),
	lineBreakColumn: raw('A column with a line break', { 'a\nb': 'STRING' }, '"a\nb"\n1\n'),
	nullColumn: raw('A column named null', { NULL: 'STRING' }, 'NULL\n1\n'),
	noColumns: raw('No column', {}, ''),
	emptyLine: raw('An empty line', { a: 'STRING' }, 'a\n\n'),
	blankLine: raw('A line of spaces', { a: 'STRING' }, 'a\n"  "\n'),
	blankName: raw('A column of spaces', { ' ': 'STRING' }, ' \n1\n'),
	emptyName: raw('A column without a name', { '': 'STRING' }, '\n1\n'),
	notANumber: raw('Text in a column of numbers', { a: 'LONG' }, 'a\nmany\n'),
	longText: raw('A text of many characters', { a: 'STRING' }, `a\n${'x'.repeat(1001)}\n`),
	cutCell: raw('A row with one cell', AB, 'a,b\n1\n'),
	threeCells: raw('A row with three cells', AB, 'a,b\n1,2,3\n'),
	openHeader: raw('A header in quotes without end', AB, '"a,b'),
	openRow: raw('A row in quotes without end', AB, 'a,b\n"1,2'),
	strayHeader: raw('A quote in a header', AB, 'a"x,b\n1,2\n'),
	strayRow: raw('A quote in a row', AB, 'a,b\n1"x,2\n'),
	notUtf8Header: bytes('A header in Latin-1', AB, Buffer.from('ä,b\n1,2\n', 'latin1')),
	notUtf8Row: bytes(
		'A row in Latin-1',
		AB,
		Buffer.from(`a,b\n${'1,2\n'.repeat(500_000)}`),
		Buffer.from('ä,2\n', 'latin1'),
	),
	lacks: raw('A column that is gone', AB, 'a\n1\n'),
	added: raw('A column that is new', AB, 'a,b,c\n1,2,3\n'),
	short: raw('Too few rows', AB, 'a,b\n'),
	absent: raw('Unknown to Domo', AB, 'a,b\n'),
	deleted: raw('Deleted', AB, 'a,b\n1,2\n'),
	forbidden: raw('Not shared', AB, 'a,b\n1,2\n'),
	refused: raw('With a token that is refused', AB, 'a,b\n1,2\n'),
	noExport: raw('With an export that is refused', AB, 'a,b\n1,2\n'),
	mayNotExport: raw('With an export that this client may not have', AB, 'a,b\n1,2\n'),
	noData: raw('With an export that is not there', AB, 'a,b\n1,2\n'),
	cutExport: raw('With an export that is cut', AB, 'a,b\n1,2\n'),
	stalled: raw('With an export that falls silent', AB, 'a,b\n1,2\n'),
	busy: raw('Busy', AB, 'a,b\n1,2\n'),
	gone: raw('Not available', AB, 'a,b\n1,2\n'),
	maintenance: raw('Under maintenance', AB, 'a,b\n1,2\n'),
	login: raw('Behind a login', AB, 'a,b\n1,2\n'),
} satisfies Readonly<Record<string, SandboxDataSet>>;

/** Two columns of one name: an object cannot hold them. */
export const TWINS = dataSet({
	name: 'Two columns of one name',
	columns: [
		{ name: 'a', type: 'STRING' },
		{ name: 'a', type: 'STRING' },
	],
	rows: 1,
	csv: () => [Buffer.from('a,a\n1,2\n')],
});
