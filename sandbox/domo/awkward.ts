import { columns } from './dataSet';
import type { About, Column, SandboxDataSet } from './dataSet';
import type { Cell } from './table';
import { table } from './table';

const AWKWARD_COLUMNS: readonly Column[] = columns({
	'Order ID': 'LONG',
	'order id': 'STRING',
	'Discount %': 'DECIMAL',
	'Size "inch"': 'STRING',
	"Customer's note, free text": 'STRING',
	'Größe 尺寸': 'STRING',
	'Shipped At': 'DATETIME',
	shipped: 'DATE',
	ratio: 'DOUBLE',
});

/** One awkward thing or two in each record; the number is beyond what JavaScript can hold. */
const AWKWARD_RECORDS: ReadonlyArray<readonly Cell[]> = [
	['9007199254740993', 'plain', '10.50', '5', 'nothing special', 'klein', '2019-03-19T18:49:02', '2019-03-19', '0.1'],
	[
		'9223372036854775807',
		'a,b',
		'0.00',
		'5" x 7"',
		'He said "no"',
		'Straße',
		'2019-03-19 18:49:02',
		'2019-03-20',
		'1E-7',
	],
	[
		'-9223372036854775808',
		'LF',
		'1.10',
		'"',
		'first line\nsecond line',
		'naïve',
		'1970-01-01T00:00:00',
		'1970-01-01',
		'-0',
	],
	['9007199254740995', 'CRLF', '-3.1400', '""', 'first line\r\nsecond line\r\n', '日本語', null, null, '3.0'],
	['0', 'nulls', null, null, null, null, null, null, null],
	['1', '', '100', '', '', '', '2024-02-29T23:59:59', '2024-02-29', '1'],
	['2', 'four bytes', '7.000', '😀', '👩‍👩‍👧 𝒳 🇩🇪', '\u{1F4A9}\u{10FFFD}', '2024-02-29 00:00:00', '0001-01-01', '2'],
	[
		'3',
		'=1+1',
		'-1.0',
		'+49 30 123456',
		'-2+3',
		'@SUM(A1:A9)',
		'9999-12-31T23:59:59',
		'9999-12-31',
		'1.7976931348623157E308',
	],
	[
		'4',
		' spaces around ',
		'0.10',
		'\ttab\t',
		'=HYPERLINK("http://example.invalid","it\'s here")',
		'e\u0301 é',
		null,
		null,
		'4',
	],
	['5', 'a\nb,"c"\r\n""', '5.50', 'lone\rCR', '\n', '\u202Eright to left', '2019-03-19T18:49:02', '2019-03-19', '5'],
	['6', '\u00A0', '6', '0007', '%s %d %00', 'a\u00adb', '2019-03-19T18:49:02', '2019-03-19', '6'],
	['7', 'NULL', '6', "O'Brien; DROP TABLE", '<b>not a page</b>', '\uFEFF', '2019-03-19T18:49:02', '2019-03-19', '7'],
];

/** Every data case that has broken an exporter; null is written as nothing. */
export function awkward(about: About = {}): SandboxDataSet {
	return awkwardTable('Awkward "cells", 100 % of them', '', about);
}

/** The same cells, with null written as `\N`. */
export function awkwardNulls(about: About = {}): SandboxDataSet {
	return awkwardTable("Awkward cells, null as '\\N'", '\\N', about);
}

function awkwardTable(name: string, nulls: '' | '\\N', about: About): SandboxDataSet {
	const record = (index: number): readonly Cell[] => AWKWARD_RECORDS[index % AWKWARD_RECORDS.length] ?? [];
	return table({ name, columns: AWKWARD_COLUMNS, rows: AWKWARD_RECORDS.length, record, nulls }, about);
}
