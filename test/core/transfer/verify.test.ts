import type { DataSet } from '../../../core/domo/dataSet';
import type { PublishingOptions } from '../../../core/transfer/publishingOptions';
import { checkBytes, checkRows, checkRowsWritten } from '../../../core/transfer/verify';
import { refusal } from '../refusal';

const listed = { rows: 10, updatedAt: '2026-01-01', dataCurrentAt: '2026-01-01', pdpEnabled: false };
type Listed = Partial<typeof listed>;
const dataSet = (more: Listed | { rows: undefined } = {}) => ({ ...listed, ...more }) as DataSet;

/** Verifies `rows` counted rows against what Domo lists before and after; tells how often it was asked again. */
async function verdictOf(
	rows: number,
	before: Listed | { rows: undefined },
	after: Listed | { rows: undefined },
	rowCheck: PublishingOptions['rowCheck'] = 'fail',
) {
	let asked = 0;
	const again = async () => {
		asked += 1;
		return dataSet(after);
	};
	const verdict = await checkRows(dataSet(before), rows, rowCheck, again);
	return { ...verdict, asked };
}

test('as many bytes held as sent pass', () => {
	expect(() => checkBytes(7, 7)).not.toThrow();
});

test.each([
	[7, 6],
	[7, 8],
	[7, 0],
])('%i bytes sent and %i held are incomplete and worth another try', (sent, held) => {
	const fault = refusal(() => checkBytes(sent, held));
	expect(fault).toMatchObject({ reason: 'incomplete', retryable: true });
	expect(fault.message).toBe(`Sent ${sent} bytes, but the destination holds ${held}`);
});

test('as many rows as listed pass without asking Domo again', async () => {
	expect(await verdictOf(10, {}, {})).toEqual({ rowsExpected: 10, asked: 0 });
});

test('as many rows as are listed by now pass without a note', async () => {
	expect(await verdictOf(12, {}, { rows: 12 })).toEqual({ rowsExpected: 12, asked: 1 });
});

test('rows that Domo does not count are not compared, and the note says so', async () => {
	expect(await verdictOf(7, { rows: undefined }, {})).toEqual({
		note: 'Domo lists no number of rows for this DataSet, so the 7 it sent could not be compared.',
		asked: 0,
	});
});

test('a count that is missing the second time is the one of the first time', async () => {
	await expect(verdictOf(9, {}, { rows: undefined })).rejects.toMatchObject({
		reason: 'rowsDiffer',
		message: 'Domo lists 10 rows and sent 9',
	});
});

test.each<[string, number, Listed, Listed, RegExp]>([
	['more rows than before', 11, {}, { rows: 12 }, /lists 12 rows and sent 11: the DataSet was refreshed/],
	['fewer rows than before', 9, {}, { rows: 8, updatedAt: '2026-01-02' }, /refreshed during the export/],
	['PDP', 4, { pdpEnabled: true }, { pdpEnabled: true }, /PDP is on.*more rows than their reader may see/],
	['PDP that only one answer tells of', 4, { pdpEnabled: true }, {}, /PDP is on/],
	['PDP that hides every row', 0, { pdpEnabled: true }, { pdpEnabled: true }, /PDP is on/],
])('a difference is explained by %s', async (_, rows, before, after, note) => {
	expect(await verdictOf(rows, before, after)).toMatchObject({ note: expect.stringMatching(note) });
});

test.each<[string, number, Listed]>([
	['a new update time', 9, { updatedAt: '2026-01-02' }],
	['newer data', 9, { dataCurrentAt: '2026-01-02' }],
	['more rows', 9, { rows: 12, updatedAt: '2026-01-02' }],
	['fewer rows', 7, { rows: 8 }],
	['more rows than it has', 13, { rows: 12 }],
])(
	'a refresh to %s does not explain rows of neither state; with Row Check Warn the note has no reason for them',
	async (_, rows, after) => {
		await expect(verdictOf(rows, {}, after)).rejects.toMatchObject({ reason: 'rowsDiffer', retryable: true });
		const { note } = await verdictOf(rows, {}, after, 'warn');
		expect(note).toMatch(/sent \d+, for no known reason\.$/);
	},
);

test('rows of neither state are explained by PDP where Row Check is Warn, too', async () => {
	const [before, after] = [{ pdpEnabled: true }, { pdpEnabled: true, updatedAt: '2026-01-02' }];
	expect((await verdictOf(4, before, after, 'warn')).note).toMatch(/PDP is on/);
});

test.each<[string, Listed, Listed]>([
	['the second answer', {}, { updatedAt: '', dataCurrentAt: '' }],
	['the first answer', { updatedAt: '', dataCurrentAt: '' }, {}],
	['each of them', { updatedAt: '' }, { dataCurrentAt: '' }],
])('times that %s does not carry are no refresh', async (_, before, after) => {
	await expect(verdictOf(9, before, after)).rejects.toMatchObject({ reason: 'rowsDiffer' });
});

test.each<[string, number, Listed]>([
	['fewer rows', 9, {}],
	['no rows', 0, {}],
	['more rows', 11, {}],
	['more rows than PDP could explain', 11, { pdpEnabled: true }],
])('%s without a reason are an error that is worth another try', async (_, rows, both) => {
	await expect(verdictOf(rows, both, both)).rejects.toMatchObject({
		reason: 'rowsDiffer',
		retryable: true,
		message: `Domo lists 10 rows and sent ${rows}`,
	});
});

test('a difference that nothing explains is a note when Row Check is Warn', async () => {
	expect(await verdictOf(9, {}, {}, 'warn')).toEqual({
		rowsExpected: 10,
		note: 'Domo lists 10 rows and sent 9, for no known reason.',
		asked: 1,
	});
});

test('when Row Check is Off, Domo is not asked again and the note says why', async () => {
	expect(await verdictOf(9, {}, {}, 'off')).toEqual({
		rowsExpected: 10,
		note: "Domo lists 10 rows and sent 9: 'Row Check' is Off.",
		asked: 0,
	});
});

test('files that hold another number of rows than was read are incomplete', () => {
	const file = { fileName: '', target: '', bytes: 1, rows: 4, sha256: '' };
	expect(() => checkRowsWritten(8, [file, file])).not.toThrow();
	expect(refusal(() => checkRowsWritten(9, [file, file]))).toMatchObject({
		reason: 'incomplete',
		message: 'Read 9 rows, but wrote 8',
	});
});
