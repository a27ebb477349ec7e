import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { receiptOf } from './bench';
import { KINDS } from './places';
import { aRowsBench, HEADER, LINES, salesOf, where } from './rowsScene';

const { bench, written, textOf } = aRowsBench();

test.each([
	['a decimal', where('amount', 'atLeast', 9.5), [0, 2, 3]],
	['a long number', where('id', 'greater', '9007199254740992'), [3]],
	['text', where('Region, free text', 'startsWith', 'No'), [0, 2]],
	['text in any case', { ...where('Region, free text', 'isOneOf', 'NORTH, south'), ignoreCase: true }, [0, 1]],
	['no value', where('Region, free text', 'isEmpty'), [3, 4]],
	['a time', { ...where('at', 'between', '2026-03-02', '2026-03-03T09:00'), timeZone: 'Europe/Vienna' }, [1, 2]],
	['an expression of a list', where('id', 'isOneOf', '={{ [1, 5] }}'), [0, 4]],
])('rows are chosen by %s, and keep every byte', async (_, rows, kept) => {
	const done = await written(rows);
	expect(await textOf(done)).toBe(HEADER + kept.map((place) => LINES[place]).join(''));
	expect(receiptOf(done.outcome)).toMatchObject({
		rows: kept.length,
		rowsRead: LINES.length,
		rowsExpected: LINES.length,
		verification: 'verified',
	});
});

test('conditions are met all together, or any of them', async () => {
	const condition = [
		{ column: 'amount', operator: 'less', value: '10' },
		{ column: 'id', operator: 'atMost', value: '3' },
	];
	const files = await Promise.all(
		['all', 'any'].map(async (match) => await textOf(await written({ conditions: { condition }, match }))),
	);
	expect(files).toEqual([HEADER + LINES[2], HEADER + [0, 1, 2, 4].map((place) => LINES[place]).join('')]);
});

test('a condition on a column that is not written works in every format', async () => {
	const only = { columns: 'only', columnNames: ['id'] };
	const rows = where('amount', 'isNotEmpty');
	const csv = await textOf(await written(rows, { more: { fileFormat: only } }));
	expect(csv).toBe('id\n1\n3\n9007199254740993\n5\n');
	const json = await textOf(
		await written(rows, { more: { fileFormat: { ...only, format: 'jsonLines', splitRows: 9 } } }),
	);
	expect(json).toBe('{"id":1}\n{"id":3}\n{"id":9007199254740993}\n{"id":5}\n');
});

test.each(KINDS)('a limit ends the export, and the receipt to %s says so', async (kind) => {
	const large = dataSets.large({ bytes: 3_000_000, name: `Large to ${kind}` });
	bench().domo.add(large);
	const { outcome } = await written({ limit: 7 }, { kind, dataSet: large });
	expect(receiptOf(outcome)).toMatchObject({
		rows: 7,
		rowsRead: 7,
		rowsExpected: large.rows,
		verification: 'unverified',
		verificationNote: `Limit ended the export after 7 rows, so they could not be compared with the ${large.rows} that Domo lists.`,
	});
});

test('a limit that is not reached leaves the proof as it is', async () => {
	const done = await written({ limit: LINES.length });
	expect(receiptOf(done.outcome)).toMatchObject({ rows: 5, rowsRead: 5, verification: 'verified' });
	expect(await textOf(done)).toBe(HEADER + LINES.join(''));
});

test('an export that was cut short is told though no row that fits is missing', async () => {
	const short = salesOf('Cut short', HEADER + LINES.slice(0, 3).join(''), LINES.length);
	bench().domo.add(short);
	const { outcome, place } = await written(where('id', 'is', 1), { dataSet: short });
	expect(outcome.run.error).toMatchObject({ type: 'rowsDiffer', message: 'Domo lists 5 rows and sent 3' });
	expect(await place.names()).toEqual([]);
});

test('a cell that is no value of its column is named, and the target stays as it was', async () => {
	const odd = salesOf('Odd', `${HEADER}1,North,ten,\n`, 1);
	bench().domo.add(odd);
	const { outcome, place } = await written(where('amount', 'greater', 1), { dataSet: odd });
	expect(outcome.run.error).toMatchObject({
		type: 'setting',
		message: 'Conditions: row 1, column "amount" holds "ten", which is not a decimal number',
	});
	expect(await place.names()).toEqual([]);
});

describe.each(KINDS)('Report Highest Value, to %s', (kind) => {
	test('puts the highest value of the rows that were written into the receipt, with all of its digits', async () => {
		const { outcome, place } = await written({ reportHighest: 'id' }, { kind });
		const highest = { column: 'id', value: '9007199254740993' };
		expect(receiptOf(outcome)).toMatchObject({ rows: 5, highest, verification: 'verified' });
		const later = await written({ ...where('id', 'greater', highest.value), reportHighest: 'id' }, { at: place });
		expect(receiptOf(later.outcome)).toMatchObject({ rows: 0, highest: { column: 'id', value: null } });
	});

	test('says that there is none when nothing is written', async () => {
		const more = { publishing: { ifNoRows: 'skip' } };
		const { outcome } = await written({ ...where('id', 'less', 0), reportHighest: 'at' }, { kind, more });
		expect(receiptOf(outcome)).toMatchObject({ skipped: 'noRows', highest: { column: 'at', value: null } });
	});

	test('is about a column that need not be written, and leaves Only If Changed as it is', async () => {
		const more = { publishing: { onlyIfChanged: true }, fileFormat: { columns: 'only', columnNames: ['id'] } };
		const first = await written({}, { kind, more });
		const { outcome } = await written({ reportHighest: 'amount' }, { at: first.place, more });
		expect(receiptOf(outcome)).toMatchObject({ skipped: 'unchanged' });
		const second = await written({ reportHighest: 'amount' }, { kind, more });
		expect(receiptOf(second.outcome)).toMatchObject({ highest: { column: 'amount', value: '100' } });
	});
});

describe.each(KINDS)('Only If Changed, to %s', (kind) => {
	const more = { publishing: { onlyIfChanged: true } };

	test('tells files of the same rows from those of others', async () => {
		const first = await written(where('id', 'is', 1), { kind, more });
		const again = async (rows: IDataObject) => receiptOf((await written(rows, { at: first.place, more })).outcome);
		expect(await again(where('id', 'is', 1))).toMatchObject({ skipped: 'unchanged' });
		expect(await again(where('id', 'is', 2))).toMatchObject({ rows: 1 });
		expect(await again({})).toMatchObject({ rows: LINES.length });
		expect(await again({})).toMatchObject({ skipped: 'unchanged' });
	});

	test('copies anew what a limit has cut off', async () => {
		const first = await written({ limit: 1 }, { kind, more });
		const { outcome } = await written({ limit: 1 }, { at: first.place, more });
		expect(receiptOf(outcome)).toMatchObject({ rows: 1, verification: 'unverified' });
	});
});
