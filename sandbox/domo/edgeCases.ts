import { columns } from './dataSet';
import type { About, Column, SandboxDataSet } from './dataSet';
import type { Cell } from './table';
import { table } from './table';

/** Which letters stand beside ASCII: all of Unicode, or only those that an encoding has; each name is that of the encoding. */
export const LETTERS: Readonly<Record<string, readonly string[]>> = {
	Unicode: [
		'Größe 尺寸',
		'日本語',
		'😀',
		'👩‍👩‍👧 𝒳 🇩🇪',
		'e\u0301 é',
		'\u00A0',
		'\uFEFF',
		'Łódź',
		'\u202Eleft',
		'a\u00adb',
		'＝1',
	],
	'Windows-1250': ['Łódź', 'žluťoučký', '€'],
	'Windows-1251': ['Размер', 'Ёжик', '№ €'],
	'Windows-1252': ['Größe', 'naïve Œuvre', '€ “”'],
	'ISO-8859-1': ['Größe', 'naïve ñ', '¿¡'],
	'ISO-8859-15': ['Größe', 'naïve œ', '€'],
	// The second byte of these is that of a backslash or a pipe.
	Shift_JIS: ['寸法', 'ソ表能', '日本語', 'ポ'],
	Big5: ['尺寸', '許功蓋', '中文'],
	GBK: ['尺寸', '汉字镕', '亅亊'],
	'EUC-JP': ['寸法', '日本語', 'カタカナ'],
	'EUC-KR': ['크기', '한국어', '값'],
};

/** What has broken a writer or a reader of text; null is a null of Domo. */
const TEXTS: readonly Cell[] = [
	'plain',
	'a,b',
	'5" x 7"',
	'"',
	'""',
	'first\nsecond',
	'first\r\nsecond\r\n',
	'lone\rCR',
	'\n',
	'',
	null,
	'=1+1',
	'+49 30 123456',
	'-2+3',
	'@SUM(A1:A9)',
	'\ttab\t',
	'  spaces around  ',
	'NULL',
	'\\N',
	'N',
	'back\\slash\\',
	'\\',
	'a;b|c',
	"it's",
	"'",
	'^caret~tilde~',
	'~',
	'007',
	'{"json":[1]}',
	'=HYPERLINK("http://example.invalid","x")',
	'null',
	'a\nb,"c"\r\n""',
	'\\"',
	'%s %d <b>',
];

const LONGS: readonly Cell[] = [
	'9007199254740993',
	'9223372036854775807',
	'-9223372036854775808',
	'0',
	'-1',
	null,
	'7',
];
const DECIMALS: readonly Cell[] = [
	'10.50',
	'0.00',
	'-3.1400',
	null,
	'100',
	'12345678901234567890.123456789012345678',
	'7.000',
];
const DOUBLES: readonly Cell[] = ['0.1', '1E-7', '-0', null, '1.7976931348623157E308', '3.0'];
const TIMES: readonly Cell[] = [
	'2019-03-19T18:49:02',
	'2019-07-19 23:30:00',
	'1970-01-01T00:00:00',
	null,
	'2024-02-29 00:00:00',
	'9998-12-31T23:59:59',
];
const DATES: readonly Cell[] = ['2019-03-19', '1970-01-01', null, '0001-01-01', '2024-02-29', '9999-12-31'];

export interface NastyWish {
	/** A key of `LETTERS`; Unicode when absent. */
	readonly letters?: string;
	/** With a long text in each row, so that the export comes to some 2 MB, and nulls as `\N`. */
	readonly heavy?: boolean;
}

/** The same as a plain object, for who works out what a file of it should hold. */
export interface Nasty {
	readonly dataSet: SandboxDataSet;
	readonly columns: readonly Column[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	/** Its name as a file name. */
	readonly safeName: string;
}

/** 34 rows that hold every awkward thing in every type, with Domo's own batch columns. */
export function nasty({ letters = 'Unicode', heavy = false }: NastyWish = {}, about: About = {}): Nasty {
	const words = LETTERS[letters] ?? [];
	const named = columns({
		'Order ID': 'LONG',
		'order id': 'STRING',
		'Discount %': 'DECIMAL',
		'Size "inch"': 'STRING',
		"Customer's note, free text": 'STRING',
		[words[0] ?? 'word']: 'STRING',
		'Shipped At': 'DATETIME',
		shipped: 'DATE',
		ratio: 'DOUBLE',
		'=Total': 'STRING',
		_BATCH_ID_: 'LONG',
		_BATCH_LAST_RUN_: 'DATETIME',
		...(heavy ? { Payload: 'STRING' as const } : {}),
	});
	const rows = TEXTS.map((_, row) => [...record(row, words), ...(heavy ? [payload(row)] : [])]);
	const weight = heavy ? 'heavy' : 'light';
	const shape = { name: `Nasty: ${letters} / "${weight}"`, columns: named, rows: rows.length };
	const nulls = heavy ? ('\\N' as const) : '';
	const record34 = (index: number) => rows[index % rows.length] ?? [];
	const dataSet = table({ ...shape, record: record34, nulls }, about);
	return { dataSet, columns: named, rows, safeName: `Nasty_ ${letters} _ _${weight}_` };
}

function record(row: number, words: readonly string[]): readonly Cell[] {
	return [
		pick(LONGS, row),
		pick(TEXTS, row),
		pick(DECIMALS, row),
		pick(TEXTS, row + 9),
		pick(TEXTS, row + 20),
		row % 5 === 4 ? pick(TEXTS, row) : pick(words, row),
		pick(TIMES, row),
		pick(DATES, row),
		pick(DOUBLES, row),
		pick(TEXTS, row + 28),
		String(1000 + row),
		'2025-06-01T05:14:41',
	];
}

/** Some 60,000 characters, no two rows alike. */
function payload(row: number): string {
	return Array.from({ length: 6000 }, (_, index) => (index * 7919 + row * 104_729).toString(36).padStart(9, 'x')).join(
		' ',
	);
}

function pick(values: readonly Cell[], index: number): Cell {
	return values[index % values.length] ?? null;
}
