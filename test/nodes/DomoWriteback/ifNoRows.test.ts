import * as dataSets from '../../../sandbox/domo/dataSets';
import { receiptOf } from './bench';
import { KINDS } from './places';
import { aRowsBench, HEADER, where } from './rowsScene';

const { bench, written } = aRowsBench();

describe.each(KINDS)('without a row that fits, to %s', (kind) => {
	const none = where('id', 'less', 0);

	test('the file is written with its header alone', async () => {
		const { outcome, place } = await written(none, { kind });
		expect(receiptOf(outcome)).toMatchObject({ rows: 0, rowsRead: 5, bytes: HEADER.length, verification: 'verified' });
		expect(await place.names()).toHaveLength(1);
	});

	test('Skip leaves the target as it is, with no done file and nothing else', async () => {
		const before = await written({}, { kind });
		const { fileName } = receiptOf(before.outcome);
		const old = await before.place.digest(String(fileName));
		const more = { publishing: { ifNoRows: 'skip', doneFile: 'empty' } };
		const { outcome, place } = await written(none, { at: before.place, more });
		expect(receiptOf(outcome)).toMatchObject({
			skipped: 'noRows',
			skippedNote: "There are no rows to write, and 'If No Rows' is Skip.",
			rowsRead: 5,
			rowsExpected: 5,
			fileName,
		});
		expect(await place.names()).toEqual([fileName]);
		expect(await place.digest(String(fileName))).toEqual(old);
	});

	test('Skip counts for an empty DataSet, in any format', async () => {
		bench().domo.add(dataSets.empty());
		const more = { publishing: { ifNoRows: 'skip' }, fileFormat: { format: 'parquet' } };
		const { outcome, place } = await written({}, { kind, dataSet: dataSets.empty(), more });
		expect(receiptOf(outcome)).toMatchObject({ skipped: 'noRows', rowsRead: 0 });
		expect(await place.names()).toEqual([]);
	});

	test('Skip writes what has rows', async () => {
		const { outcome } = await written(where('id', 'is', 1), { kind, more: { publishing: { ifNoRows: 'skip' } } });
		expect(receiptOf(outcome)).toMatchObject({ rows: 1, verification: 'verified' });
	});
});
