import { readDateFormat } from '../../../core/support/datePattern';
import { extensionOf } from '../../../core/names/extension';
import { fileName, joined, readFileName } from '../../../core/names/fileName';
import { CSV, folderOf, ID, named, nameBy, valuesOf } from './names';
import { refusal } from '../refusal';

test.each([
	['sales_<current_date>', 'sales_2026-03-01.csv'],
	['sales_<current_date-1>', 'sales_2026-02-28.csv'],
	['sales_<current_date+31>', 'sales_2026-04-01.csv'],
	['sales_<CURRENT_DATE>.txt', 'sales_2026-03-01.txt'],
	['<data_set_id>', `${ID}.csv`],
	['<data_set_name> of <updated_at>', 'Sales of 2026-02-03.csv'],
	['<rows> rows', '1234 rows.csv'],
	['run <execution_id>', 'run 77.csv'],
	['part-<part>-of-sales', 'part-00001-of-sales.csv'],
	['a < b', 'a < b.csv'],
])('%s becomes %s', (typed, expected) => {
	expect(named(typed)).toBe(expected);
});

test("a date is the one of the workflow's time zone", () => {
	expect(named('<current_date>', CSV, valuesOf('Sales', { timeZone: 'America/Denver' }))).toBe('2026-02-28.csv');
});

test('yesterday is a day of the calendar, also where the clocks change in between', () => {
	const after = new Date('2026-03-29T22:30:00Z');
	const values = valuesOf('Sales', { timeZone: 'Europe/Berlin', now: after });
	expect(named('<current_date-1>', CSV, values)).toBe('2026-03-29.csv');
});

test('Date Format decides how dates look', () => {
	const dateFormat = readDateFormat('MMddyyyy_HHmmss', 'Date Format');
	expect(named('sales_<current_date>', CSV, valuesOf('Sales', { dateFormat }))).toBe('sales_03012026_003000.csv');
});

test('a date with slashes makes folders, and is one name in a file', () => {
	const values = valuesOf('Sales', { dateFormat: readDateFormat('yyyy/MM/dd', 'Date Format') });
	expect(folderOf('/out/<current_date>', values)).toBe('/out/2026/03/01');
	expect(named('sales_<current_date>', CSV, values)).toBe('sales_2026_03_01.csv');
});

test('a name in Domo never leads out of the folder', () => {
	expect(folderOf('in/<data_set_name>', valuesOf('../../etc'))).toBe('in/_etc');
	expect(named('<data_set_name>', CSV, valuesOf('../../etc'))).toBe('_etc.csv');
});

test.each([
	['sales_<curent_date>', 'there is no macro <curent_date>', 'Did you mean <current_date>?'],
	['<dataset_name>', 'there is no macro <dataset_name>', 'Did you mean <data_set_name>?'],
	['<current_date-x>', 'there is no macro <current_date-x>', 'Did you mean <current_date>?'],
])('%s is refused, with the macro that was meant', (typed, what, hint) => {
	const fault = refusal(() => readFileName(typed));
	expect(fault).toMatchObject({ reason: 'setting', message: `Filename: ${what}` });
	expect(fault.hint).toContain(hint);
});

test('a name that macros make too long is refused', () => {
	const typed = '<data_set_name>'.repeat(4);
	expect(refusal(() => named(typed, CSV, valuesOf('x'.repeat(100)))).message).toBe(
		'Filename: it is longer than 200 bytes',
	);
});

test.each([
	['csv', 'none', undefined, 'sales', 'sales.csv'],
	['tsv', 'none', undefined, 'sales', 'sales.tsv'],
	['jsonLines', 'gzip', undefined, 'sales', 'sales.jsonl.gz'],
	['parquet', 'none', undefined, 'sales', 'sales.parquet'],
	['csv', 'gzip', false, 'sales', 'sales.csv.gz.pgp'],
	['csv', 'gzip', true, 'sales.csv', 'sales.csv.gz.asc'],
	['csv', 'gzip', undefined, 'sales.csv.gz', 'sales.csv.gz'],
	['csv', 'gzip', undefined, 'sales.txt', 'sales.txt.gz'],
	['csv', 'zip', undefined, 'sales', 'sales.zip'],
	['csv', 'zip', undefined, 'sales.csv', 'sales.zip'],
	['csv', 'zip', undefined, 'sales.zip', 'sales.zip'],
	['csv', 'zip', false, 'sales', 'sales.zip.pgp'],
	['csv', 'none', false, 'sales.csv', 'sales.csv.pgp'],
] as const)('%s, %s, armor %s: %s is stored as %s', (format, compression, armor, typed, expected) => {
	expect(named(typed, extensionOf(format, compression, armor, undefined))).toBe(expected);
});

test('a File Extension of the user is the whole of it', () => {
	const extension = extensionOf('csv', 'gzip', false, '.dat');
	expect(named('sales', extension)).toBe('sales.dat');
	expect(named('sales.dat', extension)).toBe('sales.dat');
	expect(nameBy({ kind: 'dataSetId' }, valuesOf(), extension)).toBe(`${ID}.dat`);
});

test('numbers stand before the extension; a part number where the user wants it', () => {
	const plain = fileName(
		{ kind: 'filename', template: readFileName('sales.csv.gz') },
		extensionOf('csv', 'gzip', undefined, undefined),
		valuesOf(),
	);
	expect(joined(plain, 0, 3)).toBe('sales-00003.csv.gz');
	expect(joined(plain, 2, 3)).toBe('sales-2-00003.csv.gz');
	const chosen = fileName(
		{ kind: 'filename', template: readFileName('p<part>_sales') },
		CSV,
		valuesOf('Sales', { part: 3 }),
	);
	expect(joined(chosen, 0, 3)).toBe('p00003_sales.csv');
});
