import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { SandboxDataSet } from '../../../sandbox/domo/domo';
import { type Bench, byId, type Outcome, startBench } from './bench';
import { KINDS, type Kind } from './places';

const SETS = ['A', 'B', 'C'].map((name, at) => dataSets.wide(3, 20 + at, { name }));
const [A, B] = SETS as [SandboxDataSet, SandboxDataSet];
const COLON = dataSets.oneRow({ name: 'Sales: EU' });
const SLASH = dataSets.oneRow({ name: 'Sales/ EU' });
const UPPER = dataSets.oneRow({ name: 'SALES_ EU' });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([...SETS, COLON, SLASH, UPPER]);
}, 120_000);
afterAll(async () => await bench?.close());

const item = (dataSet: SandboxDataSet, more: IDataObject = {}) => ({ id: dataSet.id, ...more });
const EXPORT = { selectFilename: 'filename', filename: 'export.csv' };
const THREE = SETS.map((dataSet) => item(dataSet));

/** What became of a run with some items, failed ones among the output. */
async function write(kind: Kind, parameters: IDataObject, items: readonly IDataObject[]) {
	const place = await bench.place(kind);
	const path = String(place.parameters.path ?? '');
	const folder =
		kind === 'sftp' ? { path: `=${path}/{{ $json.folder ?? '' }}` } : { folder: "={{ $json.folder ?? '' }}" };
	const outcome = await bench.run({
		parameters: { ...place.parameters, ...folder, dataSet: byId('={{ $json.id }}'), ...parameters },
		items,
		onError: 'continueRegularOutput',
	});
	return { place, outcome, names: (await place.names()).sort() };
}

/** Of each item: its file, or why there is none. */
function endsOf({ good }: Outcome) {
	return good.map(({ json }) => json.skipped ?? json.fileName ?? (json.details as IDataObject | undefined)?.reason);
}

describe.each(KINDS)('to %s', (kind) => {
	test.each([1, 4])('the first of three items with one name writes it, %i at once', async (itemsAtOnce) => {
		const { place, outcome, names } = await write(kind, { ...EXPORT, transfer: { itemsAtOnce } }, THREE);
		expect(endsOf(outcome)).toEqual(['export.csv', 'targetTaken', 'targetTaken']);
		expect(names).toEqual(['export.csv']);
		expect(outcome.good[0]?.json).toMatchObject({ rows: 20, sha256: (await place.digest('export.csv')).sha256 });
		expect(outcome.good[1]?.json).toMatchObject({
			error: expect.stringMatching(/^Filename: item 0 of this execution already writes .*export\.csv$/),
			details: { hint: expect.stringMatching(/<data_set_id>.*Add Number/) },
		});
		expect(outcome.asked.exports).toBe(1);
	});

	test('so it is when the first one is answered last', async () => {
		bench.domo.fault(A.id, { kind: 'slowStart', on: 'metadata', ms: 1500 });
		const { outcome } = await write(kind, EXPORT, THREE);
		expect(endsOf(outcome)).toEqual(['export.csv', 'targetTaken', 'targetTaken']);
	});

	test('Add Number numbers them in their order', async () => {
		const { place, outcome, names } = await write(kind, { ...EXPORT, publishing: { ifExists: 'addNumber' } }, THREE);
		expect(endsOf(outcome)).toEqual(['export.csv', 'export-1.csv', 'export-2.csv']);
		expect(names).toEqual(['export-1.csv', 'export-2.csv', 'export.csv']);
		for (const { json } of outcome.good) {
			expect((await place.digest(String(json.fileName))).sha256).toBe(json.sha256);
		}
		expect(outcome.good.map(({ json }) => json.rows)).toEqual([20, 21, 22]);
	});

	test('Skip skips all but the first', async () => {
		const { outcome, names } = await write(kind, { ...EXPORT, publishing: { ifExists: 'skip' } }, THREE);
		expect(endsOf(outcome)).toEqual(['export.csv', 'exists', 'exists']);
		expect(names).toEqual(['export.csv']);
	});

	test.each([1, 4])('Skip skips for no item that failed, %i at once', async (itemsAtOnce) => {
		bench.domo.fault(A.id, { kind: 'notFound', on: 'export' });
		const settings = { ...EXPORT, publishing: { ifExists: 'skip' }, transfer: { itemsAtOnce } };
		const { place, outcome } = await write(kind, settings, THREE);
		bench.domo.fault(A.id, { kind: 'none' });
		expect(endsOf(outcome).slice(1)).toEqual(['export.csv', 'exists']);
		expect((await place.digest('export.csv')).sha256).toBe(outcome.good[1]?.json.sha256);
	});

	test('Fail refuses all but the first', async () => {
		const { outcome } = await write(kind, { ...EXPORT, publishing: { ifExists: 'fail' } }, THREE);
		expect(endsOf(outcome)).toEqual(['export.csv', 'targetTaken', 'targetTaken']);
	});

	test('DataSets whose names are the same after cleaning write one file', async () => {
		const { outcome, names } = await write(kind, { selectFilename: 'dataSetName' }, [item(COLON), item(SLASH)]);
		expect(endsOf(outcome)).toEqual(['Sales_ EU.csv', 'targetTaken']);
		expect(outcome.good[1]?.json.error).toMatch(/^Select Filename: item 0 /);
		expect(names).toEqual(['Sales_ EU.csv']);
	});

	test('names that differ only in case are one on SFTP, where the server may take them for one', async () => {
		const { outcome } = await write(kind, { selectFilename: 'dataSetName' }, [item(COLON), item(UPPER)]);
		expect(endsOf(outcome)[1]).toBe(kind === 'sftp' ? 'targetTaken' : 'SALES_ EU.csv');
	});

	test('one done file of two items is refused to the later one', async () => {
		const publishing = { doneFile: 'empty', doneFileName: '_SUCCESS' };
		const { outcome, names } = await write(kind, { publishing }, [item(A), item(B)]);
		expect(endsOf(outcome)).toEqual([`${A.id}.csv`, 'targetTaken']);
		expect(outcome.good[1]?.json.error).toMatch(/^Done File Name: item 0 of this execution already writes .*_SUCCESS$/);
		expect(names).toEqual([`${A.id}.csv`, '_SUCCESS'].sort());
	});

	test('a done file that is the data of an earlier item is refused, and so is the other way round', async () => {
		const byItem = {
			selectFilename: 'filename',
			filename: '={{ $json.file }}',
			publishing: { doneFile: 'empty', doneFileName: '={{ $json.done }}' },
		};
		const [first, second] = [item(A, { file: 'a.csv', done: 'a.ok' }), item(B, { file: 'b.csv', done: 'a.csv' })];
		const ahead = await write(kind, byItem, [first, second]);
		expect(endsOf(ahead.outcome)).toEqual(['a.csv', 'targetTaken']);
		expect(ahead.outcome.good[1]?.json.error).toMatch(/^Done File Name: /);
		const behind = await write(kind, byItem, [second, first]);
		expect(endsOf(behind.outcome)).toEqual(['b.csv', 'targetTaken']);
		expect(behind.outcome.good[1]?.json.error).toMatch(/^Filename: item 0 /);
	});

	test('a part that an earlier item may write is not written by a later one, and the other way round', async () => {
		const byItem = {
			selectFilename: 'filename',
			filename: '={{ $json.file }}',
			publishing: { doneFile: 'empty', doneFileName: '={{ $json.done }}' },
			fileFormat: { splitRows: 5 },
		};
		const sales = item(A, { file: 'sales.csv', done: 'sales.ok' });
		const other = item(B, { file: 'other.csv', done: 'sales-00003.csv' });
		const ahead = await write(kind, byItem, [sales, other]);
		expect(endsOf(ahead.outcome)).toEqual(['sales-00001.csv', 'targetTaken']);
		const behind = await write(kind, byItem, [other, sales]);
		expect(endsOf(behind.outcome)).toEqual(['other-00001.csv', 'targetTaken']);
		const named = await write(kind, byItem, [sales, item(B, { file: 'sales-<part>.csv', done: 'b.ok' })]);
		expect(endsOf(named.outcome)).toEqual(['sales-00001.csv', 'targetTaken']);
	});

	test('one path is one however it is written', async () => {
		const folders = ['in/x', 'in//x', './in/x/', 'in/./x/ '];
		const { outcome } = await write(
			kind,
			EXPORT,
			folders.map((folder, at) => item(SETS[at % 3] ?? A, { folder })),
		);
		expect(endsOf(outcome)).toEqual(['export.csv', 'targetTaken', 'targetTaken', 'targetTaken']);
	});

	test('one name in different folders is two', async () => {
		const folders = ['in/x', 'in/y', 'in'];
		const { outcome } = await write(
			kind,
			EXPORT,
			folders.map((folder, at) => item(SETS[at] ?? A, { folder })),
		);
		expect(endsOf(outcome)).toEqual(['export.csv', 'export.csv', 'export.csv']);
	});

	test('what failed keeps its name, so that no timing decides who writes', async () => {
		const broken = dataSets.wide(3, 5, { name: 'broken' });
		bench.domo.add(broken);
		bench.domo.fault(broken.id, { kind: 'cut', atByte: 10 });
		const { outcome, names } = await write(kind, { ...EXPORT, transfer: { maxTries: 1 } }, [item(broken), item(B)]);
		expect(endsOf(outcome)[1]).toBe('targetTaken');
		expect(names).toEqual([]);
	});

	test('an item whose name is not known before it fails takes none', async () => {
		const absent = { id: '11111111-2222-4333-a444-555555555555' };
		const { outcome } = await write(kind, EXPORT, [absent, item(B)]);
		expect(endsOf(outcome)).toEqual(['dataSetNotFound', 'export.csv']);
	});

	test('another try of the same item meets nobody', async () => {
		const flaky = dataSets.wide(3, 50, { name: 'flaky' });
		bench.domo.add(flaky);
		bench.domo.fault(flaky.id, { kind: 'cut', atByte: 10 }, 1);
		const { outcome } = await write(kind, EXPORT, [item(flaky)]);
		expect(endsOf(outcome)).toEqual(['export.csv']);
	});
});

test('an absolute path and one from the login folder count as one, since nobody can tell', async () => {
	const { parameters } = await bench.place('sftp');
	const { good } = await bench.run({
		parameters: { ...parameters, ...EXPORT, path: '={{ $json.path }}', dataSet: byId('={{ $json.id }}') },
		items: [item(A, { path: 'login/x' }), item(B, { path: '/login/x' })],
		onError: 'continueRegularOutput',
	});
	expect(good.map(({ json }) => json.fileName ?? (json.details as IDataObject).reason)).toEqual([
		'export.csv',
		'targetTaken',
	]);
});
