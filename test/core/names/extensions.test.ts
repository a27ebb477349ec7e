import * as fc from 'fast-check';
import { readDateFormat } from '../../../core/support/datePattern';
import { extensionOf, readExtension } from '../../../core/names/extension';
import { fileName, type FileNameChoice, joined, readFileName } from '../../../core/names/fileName';
import { typedTail } from '../../../core/names/typedTail';
import { CSV, named, valuesOf } from './names';
import { RUNS } from '../runs';

const dated = (pattern: string) => ({ dateFormat: readDateFormat(pattern, 'Date Format') });

test.each([
	['umsatz_<updated_at>', 'dd.MM.yyyy', 'umsatz_03.02.2026.csv'],
	['sales_<updated_at>', 'yyyy.MM.dd', 'sales_2026.02.03.csv'],
	['sales_<current_date-1>', 'd.M.yy', 'sales_28.2.26.csv'],
	['sales.<updated_at>', 'MMM', 'sales.Feb.csv'],
	['<updated_at>', "yyyy'.v'MM", '2026.v02.csv'],
	['sales_<updated_at>.txt', 'dd.MM.yyyy', 'sales_03.02.2026.txt'],
	['a.<data_set_name>', 'yyyy', 'a.Sales.csv'],
	['a.<rows>', 'yyyy', 'a.1234.csv'],
])('%s with %s is %s', (typed, pattern, expected) => {
	expect(named(typed, CSV, valuesOf('Sales', dated(pattern)))).toBe(expected);
});

test.each([
	['v1.2', 'v1.2.csv'],
	['report.2026', 'report.2026.csv'],
	['2026.11', '2026.11.csv'],
	['a.1b', 'a.1b.csv'],
	['09.30+02:00', '09.30+02:00.csv'],
	['a.b-c', 'a.b-c.csv'],
	['a.b_c', 'a.b_c.csv'],
	['Report No. five', 'Report No. five.csv'],
	['sales.csv', 'sales.csv'],
	['sales.txt', 'sales.txt'],
	['sales.7z', 'sales.7z'],
	['sales.mp3', 'sales.mp3'],
	['v1.2.dat', 'v1.2.dat'],
])('typed as %j it is %j', (typed, expected) => {
	expect(named(typed)).toBe(expected);
});

test('a dotted date stays whole in parts, numbers and done files', () => {
	const values = valuesOf('Sales', dated('dd.MM.yyyy'));
	const name = fileName({ kind: 'filename', template: readFileName('umsatz_<updated_at>') }, CSV, values);
	expect(joined(name, 0, 1)).toBe('umsatz_03.02.2026-00001.csv');
	expect(joined(name, 2, undefined)).toBe('umsatz_03.02.2026-2.csv');
	expect(joined({ ...name, end: '.done' }, 0, undefined)).toBe('umsatz_03.02.2026.done');
});

test('what wraps an extension belongs to it', () => {
	const zip = extensionOf('csv', 'zip', undefined, undefined);
	const of = (typed: string, extension = CSV) =>
		fileName({ kind: 'filename', template: readFileName(typed) }, extension, valuesOf());
	expect(of('sales.csv.zip', zip)).toMatchObject({ stem: 'sales', end: '.csv.zip' });
	expect(of('sales.csv.gz')).toMatchObject({ stem: 'sales', end: '.csv.gz' });
	expect(of('v1.2.gz')).toMatchObject({ stem: 'v1.2', end: '.gz' });
});

test('a File Extension is added behind another extension that was typed, and takes the place of all others', () => {
	const txt = extensionOf('csv', 'gzip', false, readExtension('txt'));
	const of = (typed: string) => fileName({ kind: 'filename', template: readFileName(typed) }, txt, valuesOf());
	expect(of('sales.csv')).toMatchObject({ stem: 'sales.csv', end: '.txt' });
	expect(of('sales')).toMatchObject({ stem: 'sales', end: '.txt' });
	expect(of('sales.txt')).toMatchObject({ stem: 'sales', end: '.txt' });
});

/** What an expression yields, as it stands in the field and as n8n resolves it. */
test.each([
	['={{ $json.day }}', 'umsatz_20.11.2026', 'umsatz_20.11.2026.csv'],
	['={{ $json.name }}', 'v1.beta', 'v1.beta.csv'],
	['={{ $json.file }}', 'sales.csv', 'sales.csv'],
	['={{ $json.file }}.txt', 'sales.2026.txt', 'sales.2026.txt'],
	['=sales_{{ $json.day }}', 'sales_20.11.2026', 'sales_20.11.2026.csv'],
	['={{ $json.day + ".txt" }}', '20.11.2026.txt', '20.11.2026.txt'],
	["={{ $json.day + '.txt' }}\n", '20.11.2026.txt', '20.11.2026.txt'],
	['={{ `${$json.day}.dat` }}', '20.11.2026.dat', '20.11.2026.dat'],
	['={{ "sales.txt" }}', 'sales.txt', 'sales.txt'],
	['={{ $json["a.txt"] }}', 'v1.beta', 'v1.beta.csv'],
	['={{ $json.ok ? "a.txt" : "b.dat" }}', 'a.txt', 'a.txt.csv'],
	['={{ $json.name }}_<updated_at>', 'a_<updated_at>', 'a_03.02.2026.csv'],
	['={{ "<updated_at>." + $json.kind }}', '<updated_at>.txt', '03.02.2026.txt.csv'],
	['=sales.txt', 'sales.txt', 'sales.txt'],
])('%s that yields %s is stored as %s', (raw, yielded, expected) => {
	const typed = typedTail(raw);
	const choice: FileNameChoice = {
		kind: 'filename',
		template: readFileName(yielded),
		...(typed !== undefined && { typed }),
	};
	const { stem, end } = fileName(choice, CSV, valuesOf('Sales', dated('dd.MM.yyyy')));
	expect(stem + end).toBe(expected);
});

const MACROS = [
	'<updated_at>',
	'<current_date>',
	'<current_date-1>',
	'<data_set_name>',
	'<rows>',
	'<execution_id>',
	'<part>',
];
const PATTERNS = [
	'dd.MM.yyyy',
	'yyyy.MM.dd',
	'd.M.yy',
	"HH'.'mm",
	'yyyy-MM-dd',
	'dd.MMM',
	'HH:mm.ss XXX',
	'E.a',
	'yyyy.MM.dd HH.mm',
];
const DATA_SETS = ['Sales', 'v1.2', 'a.b', 'report.txt', 'Q1. results', 'x.tar', '20.11.2026', 'a.csv'];

const text = fc.stringMatching(/^[a-zA-Z0-9 ._-]{1,8}$/);
const template = fc
	.array(fc.oneof(text, fc.constantFrom(...MACROS)), { minLength: 1, maxLength: 5 })
	.map((pieces) => pieces.join(''))
	.filter((typed) => !/^[.\s]*$/.test(typed) && !/^\s*\.csv\s*$/i.test(typed));
const extension = fc.constantFrom(
	CSV,
	extensionOf('csv', 'gzip', undefined, undefined),
	extensionOf('csv', 'zip', false, undefined),
	extensionOf('parquet', 'none', undefined, undefined),
);

test('whatever macros and dates come to, a name keeps all of what was typed and ends as its file, or as the user typed', () => {
	fc.assert(
		fc.property(
			template,
			fc.constantFrom(...PATTERNS),
			fc.constantFrom(...DATA_SETS),
			extension,
			(typed, pattern, data, as) => {
				const values = valuesOf(data, dated(pattern));
				const choice: FileNameChoice = { kind: 'filename', template: readFileName(typed) };
				const { end } = fileName(choice, as, values);
				const own = /\.(\p{L}[\p{L}\p{N}]*|7z)$/iu.exec(typed.trim().replace(/^.*>/s, ''))?.[0];
				const ends = as.data + as.wrapping;
				const kept = own !== undefined && end.toLowerCase().startsWith(own.toLowerCase());
				expect(kept || end.toLowerCase().endsWith(ends) || end.endsWith(own ?? '\u0000')).toBe(true);
				// No piece of a date or a DataSet's name is ever the extension.
				if (own === undefined) expect(end.toLowerCase()).toBe(ends);
			},
		),
		RUNS,
	);
});

test('two days never share a name, a part or a done file', () => {
	const days = fc
		.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }))
		.filter(([a, b]) => a !== b);
	const at = (day: number) => new Date(Date.UTC(2020, 0, 1 + day, 12));
	fc.assert(
		fc.property(days, fc.constantFrom('dd.MM.yyyy', 'yyyy.MM.dd', 'd.M.yyyy'), template, (both, pattern, typed) => {
			const choice: FileNameChoice = { kind: 'filename', template: readFileName(`${typed}_<updated_at>`) };
			const [one, other] = both.map((day) => {
				const name = fileName(choice, CSV, valuesOf('Sales', { ...dated(pattern), updatedAt: at(day) }));
				return [joined(name, 0, undefined), joined(name, 0, 2), joined({ ...name, end: '.done' }, 0, undefined)];
			});
			for (const index of [0, 1, 2]) expect(one?.[index]).not.toBe(other?.[index]);
		}),
		RUNS,
	);
});
