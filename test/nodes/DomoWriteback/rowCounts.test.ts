import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { SandboxDataSet } from '../../../sandbox/domo/domo';
import { type Bench, byId, type Outcome, receiptOf, startBench } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Served and written once; the fault or the change of the test has its own DataSet. */
function served(name: string): SandboxDataSet {
	const dataSet = dataSets.large({ bytes: 100_000, name });
	bench.domo.add(dataSet);
	return dataSet;
}

async function written({ id }: SandboxDataSet, fileFormat: IDataObject = {}): Promise<Outcome> {
	const { parameters } = await bench.place('sftp');
	return await bench.run({ parameters: { ...parameters, dataSet: byId(id), transfer: { maxTries: 1 }, fileFormat } });
}

test('rows hidden by PDP are written and explained', async () => {
	const dataSet = served('PDP');
	bench.domo.fault(dataSet.id, { kind: 'pdp', hiddenRows: 10 });
	expect(receiptOf(await written(dataSet))).toMatchObject({
		rows: dataSet.rows - 10,
		rowsExpected: dataSet.rows,
		verification: 'unverified',
		verificationNote: expect.stringMatching(
			/^Domo lists 1\d+ rows and sent 1\d+: PDP is on.* These can be more rows than their reader may see\.$/,
		),
		pdpNote: expect.stringMatching(/more rows than the reader/),
	});
});

test('a DataSet with PDP whose rows are all there is verified, and says that its reader may not be meant to see them', async () => {
	const dataSet = { ...served('PDP without limits'), pdpEnabled: true };
	bench.domo.add(dataSet);
	const receipt = receiptOf(await written(dataSet));
	expect(receipt).toMatchObject({ rows: dataSet.rows, verification: 'verified', pdpEnabled: true });
	expect(receipt.pdpNote).toMatch(/all rows if the client's user is an Admin, owns the DataSet, or has Manage DataSet/);
	expect(receipt.pdpNote).toMatch(/more rows than the reader of the file may see/);
	expect(receiptOf(await written(served('Without PDP')))).not.toHaveProperty('pdpNote');
});

test('rows that many readers would count otherwise are not called verified, and are right once cells are quoted', async () => {
	const columns = ['a', 'b'].map((name) => ({ name, type: 'STRING' as const }));
	const csv = () => [Buffer.from('a,b\nx\ry,1\nz,2\n')];
	const dataSet = { ...served('Bare carriage returns'), columns, rows: 2, csv };
	bench.domo.add(dataSet);
	expect(receiptOf(await written(dataSet))).toMatchObject({
		rows: 2,
		verification: 'unverified',
		verificationNote:
			"A carriage return is outside quotes, and many readers end a row there. Set 'Quote Mode' under File Format to quote such cells.",
	});
	expect(receiptOf(await written(dataSet, { quoteMode: 'needed' }))).toMatchObject({ verification: 'verified' });
});

test('PDP does not explain rows too many', async () => {
	const dataSet = served('PDP and more rows');
	bench.domo.add({
		...dataSet,
		pdpEnabled: true,
		csv: ({ header, rows }) => dataSet.csv({ header, rows: rows + 3 }),
	});
	const { run } = await written(dataSet);
	expect(run.error).toMatchObject({
		type: 'rowsDiffer',
		message: `Domo lists ${dataSet.rows} rows and sent ${dataSet.rows + 3}`,
	});
});

test('a refresh just before the export is verified against the rows of after', async () => {
	const dataSet = served('Refreshed before');
	bench.domo.fault(dataSet.id, { kind: 'refresh', addRows: 5 }, 1);
	const rows = dataSet.rows + 5;
	expect(receiptOf(await written(dataSet))).toMatchObject({ rows, rowsExpected: rows, verification: 'verified' });
});

test('two refreshes around the export are explained', async () => {
	const dataSet = served('Refreshed twice');
	bench.domo.add({
		...dataSet,
		csv: ({ header, rows }) => {
			bench.domo.touch(dataSet.id, { rows: rows + 5 });
			return dataSet.csv({ header, rows: rows + 3 });
		},
	});
	expect(receiptOf(await written(dataSet))).toMatchObject({
		rows: dataSet.rows + 3,
		rowsExpected: dataSet.rows + 5,
		verification: 'unverified',
		verificationNote: expect.stringMatching(/the DataSet was refreshed during the export\.$/),
	});
});

test('a DataSet whose rows Domo does not count is written, and the receipt says that nothing was compared', async () => {
	const dataSet = served('Not counted');
	bench.domo.add({ ...dataSet, listsRows: false });
	const receipt = receiptOf(await written(dataSet));
	expect(receipt).toMatchObject({
		rows: dataSet.rows,
		verification: 'unverified',
		verificationNote: `Domo lists no number of rows for this DataSet, so the ${dataSet.rows} it sent could not be compared.`,
	});
	expect(receipt).not.toHaveProperty('rowsExpected');
});

test('a second try is verified when the first one lost rows', async () => {
	const dataSet = served('Short once');
	bench.domo.fault(dataSet.id, { kind: 'short', missingRows: 1 }, 1);
	const { parameters } = await bench.place('sftp');
	const outcome = await bench.run({ parameters: { ...parameters, dataSet: byId(dataSet.id) } });
	expect(receiptOf(outcome)).toMatchObject({ rows: dataSet.rows, verification: 'verified', tries: 2 });
});
