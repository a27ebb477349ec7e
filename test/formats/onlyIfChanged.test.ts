import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../sandbox/domo/domo';
import { oneRow } from '../../sandbox/domo/dataSets';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { KINDS } from '../nodes/DomoWriteback/places';
import { together } from './axes';
import type { Publishing } from './settings';
import { openSpot, type Spot } from './spot';
import { aStage } from './stage';

const stage = aStage();

/** A DataSet that no other test changes. */
let count = 0;
function fresh() {
	const dataSet = oneRow({ name: `Changing ${(count += 1)}` });
	const id = `${String(count).padStart(8, '0')}-0000-4000-8000-000000000000`;
	stage().bench.domo.add({ ...dataSet, id });
	return { id, change: (change: Change = { rows: 1 }) => stage().bench.domo.touch(id, change) };
}

/** What Domo lists of every DataSet before it changes. */
const LISTED = { updatedAt: '2025-06-01T05:15:00.250Z', dataCurrentAt: '2025-06-01T05:14:41Z' };

const names = { selectFilename: 'filename', filename: 'report' } as const;

/** Writes in an n8n that has just started. */
async function write(spot: Pick<Spot, 'parameters'>, id: string, publishing: Publishing = {}): Promise<IDataObject> {
	const settings = together([{ publishing: { onlyIfChanged: true, ...publishing }, names }]);
	return receiptOf(await stage().write({ dataSet: { id }, settings, spot }));
}

describe.each(KINDS)('to %s', (kind) => {
	test('what has not changed is skipped by another n8n, and written when it has', async () => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		expect(await write(spot, dataSet.id)).toMatchObject({ rows: 1 });
		expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged', fileName: 'report.csv' });
		dataSet.change();
		expect(await write(spot, dataSet.id)).toMatchObject({ rows: 1 });
		expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged' });
		expect(await spot.paths()).toEqual(['report.csv']);
	});

	test.each<[string, Change]>([
		['a millisecond of its update', { updatedAt: '2025-06-01T05:15:00.251Z' }],
		['an earlier update', { updatedAt: '2025-06-01T05:14:59.250Z' }],
		['the time of its data', { dataCurrentAt: '2025-06-01T05:14:42Z' }],
		['its rows', { rows: 2 }],
		['the rows it lists', { listsRows: false }],
	])('a DataSet that differs in nothing but %s is written', async (_, change) => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		dataSet.change(LISTED);
		await write(spot, dataSet.id);
		expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged' });
		dataSet.change({ ...LISTED, ...change });
		expect(await write(spot, dataSet.id)).toMatchObject({ rows: change.rows ?? 1 });
		expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged' });
	});

	test("another DataSet's file of the same second is no present data", async () => {
		const [spot, one, other] = [await openSpot(kind, stage().bench), fresh(), fresh()];
		for (const dataSet of [one, other]) dataSet.change(LISTED);
		await write(spot, one.id);
		expect(await write(spot, other.id)).toMatchObject({ dataSetId: other.id, rows: 1 });
		expect(await write(spot, one.id)).toMatchObject({ dataSetId: one.id, rows: 1 });
		expect(await write(spot, one.id)).toMatchObject({ skipped: 'unchanged' });
	});

	const ways: readonly Publishing[] = [
		{},
		...(kind === 'sftp' ? [{ temporaryName: 'suffix' } as const, { temporaryName: 'none' } as const] : []),
	];
	test.each(ways)('a file whose rows differ from those that Domo lists is no present data: %j', async (way) => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		const publishing: Publishing = { ...way, rowCheck: 'warn' };
		const cut = oneRow({ rows: 1 });
		dataSet.change({ ...LISTED, csv: ({ header }) => cut.csv({ header, rows: 0 }) });
		for (let times = 0; times < 2; times++)
			expect(await write(spot, dataSet.id, publishing)).toMatchObject({ rows: 0, verification: 'unverified' });
		dataSet.change({ ...LISTED, csv: (options) => cut.csv(options) });
		expect(await write(spot, dataSet.id, publishing)).toMatchObject({ rows: 1, verification: 'verified' });
		expect(await write(spot, dataSet.id, publishing)).toMatchObject({ skipped: 'unchanged' });
	});

	test('a file that was read meanwhile still tells', async () => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		await write(spot, dataSet.id);
		await spot.read('report.csv');
		expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged' });
	});

	test('a file of somebody else is no present data', async () => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		await spot.put('report.csv', 'old');
		expect(await write(spot, dataSet.id)).toMatchObject({ rows: 1 });
	});

	test('a file without its done file is written again', async () => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		await write(spot, dataSet.id, { doneFile: 'empty' });
		expect(await write(spot, dataSet.id, { doneFile: 'empty' })).toMatchObject({ skipped: 'unchanged' });
		await spot.remove('report.done');
		expect(await write(spot, dataSet.id, { doneFile: 'empty' })).toMatchObject({ rows: 1 });
		expect(await spot.paths()).toEqual(['report.csv', 'report.done']);
	});

	test('a number is added only for data that changed', async () => {
		const [spot, dataSet] = [await openSpot(kind, stage().bench), fresh()];
		await write(spot, dataSet.id, { ifExists: 'addNumber' });
		expect(await write(spot, dataSet.id, { ifExists: 'addNumber' })).toMatchObject({ skipped: 'unchanged' });
		dataSet.change();
		expect(await write(spot, dataSet.id, { ifExists: 'addNumber' })).toMatchObject({ fileName: 'report-1.csv' });
		const last = await write(spot, dataSet.id, { ifExists: 'addNumber' });
		expect(last).toMatchObject({ skipped: 'unchanged', fileName: 'report-1.csv' });
		expect(await spot.paths()).toEqual(['report-1.csv', 'report.csv']);
	});
});

test('a server that refuses SETSTAT gets the file each time, and the receipt says why', async () => {
	const PERMISSION_DENIED = 3;
	const server = await startSsh2Server({
		refuse: ({ name }) => (name.endsWith('SETSTAT') ? PERMISSION_DENIED : undefined),
	});
	try {
		const { id } = fresh();
		const { host: hostname, port, username, password, hostKeyFingerprint } = server;
		const typed = { hostname, port, username, password, privateKey: '', hostKeyFingerprint };
		const settings = together([{ publishing: { onlyIfChanged: true }, names }]);
		const spot = { parameters: () => ({ destination: 'sftp', path: '' }) };
		const engine = stage().bench.engine({ sftpWritebackApi: typed });
		for (let times = 0; times < 2; times++) {
			const receipt = receiptOf(await stage().write({ dataSet: { id }, settings, spot, engine }));
			expect(receipt).toMatchObject({ rows: 1, notes: expect.arrayContaining([expect.stringContaining('refused')]) });
		}
	} finally {
		await server.close();
	}
});

test('on SFTP a file whose time of access was changed is written anew, and the receipt says why', async () => {
	const [spot, dataSet] = [await openSpot('sftp', stage().bench), fresh()];
	await write(spot, dataSet.id);
	const { modifiedAt } = await spot.said('report.csv');
	const path = join(stage().bench.sftp.root, String(spot.parameters('').path), 'report.csv');
	await utimes(path, new Date(), modifiedAt);
	const receipt = await write(spot, dataSet.id);
	expect(receipt).toMatchObject({ rows: 1, notes: [expect.stringContaining("its access time doesn't identify")] });
	expect(await write(spot, dataSet.id)).toMatchObject({ skipped: 'unchanged' });
});

test('without Only If Changed a file on SFTP keeps an ordinary time of access', async () => {
	const [spot, dataSet] = [await openSpot('sftp', stage().bench), fresh()];
	await write(spot, dataSet.id, { onlyIfChanged: false, modifiedTime: 'dataSet' });
	const path = join(stage().bench.sftp.root, String(spot.parameters('').path), 'report.csv');
	expect((await stat(path)).atimeMs).toBeLessThanOrEqual(Date.now());
});
