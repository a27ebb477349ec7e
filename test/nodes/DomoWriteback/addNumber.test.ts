import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { KINDS, type Kind, type Place } from './places';

const DATA_SET = dataSets.wide(3, 25, { name: 'Numbered' });
const UNCOUNTED = dataSets.wide(3, 25, { name: 'Uncounted', listsRows: false });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET, UNCOUNTED]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Puts a file of somebody else's there. */
async function put({ kind, parameters }: Place, file: string): Promise<void> {
	if (kind === 'azureBlob') {
		const name = String((parameters.container as IDataObject).value);
		await bench.azure.service.getContainerClient(name).getBlockBlobClient(file).upload('old', 3);
		return;
	}
	const folder = join(bench.sftp.root, String(parameters.path));
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, file), 'old');
}

async function write(
	kind: Kind,
	taken: readonly string[],
	fileFormat: IDataObject,
	publishing: IDataObject = {},
	dataSet = DATA_SET,
	at?: Place,
) {
	const place = at ?? (await bench.place(kind));
	for (const file of taken) await put(place, file);
	const outcome = await bench.run({
		parameters: {
			...place.parameters,
			dataSet: byId(dataSet.id),
			selectFilename: 'filename',
			filename: 'sales.csv',
			fileFormat,
			publishing: { ifExists: 'addNumber', ...publishing },
		},
	});
	const receipt = receiptOf(outcome);
	const names = await place.names();
	return { ...outcome, receipt, written: names.filter((name) => !taken.includes(name)).sort() };
}

const parts = (number: string) => ['00001', '00002', '00003'].map((part) => `sales${number}-${part}.csv`);

describe.each(KINDS)('to %s', (kind) => {
	test('a number is free only if it is for every part, and no export is spent on finding out', async () => {
		const taken = ['sales-00002.csv', 'sales-1-00003.csv', 'sales-2-00001.csv'];
		const { written, asked, receipt } = await write(kind, taken, { splitRows: 10 });
		expect(written).toEqual(parts('-3'));
		expect(asked.exports).toBe(1);
		expect(receipt.tries).toBe(1);
	});

	test('where the number of parts is not known, some are looked for', async () => {
		const taken = ['sales-00002.csv', 'sales-1-00002.csv', 'sales-2-00002.csv', 'sales-3-00002.csv'];
		const { written, receipt } = await write(kind, taken, { splitRows: 10 }, {}, UNCOUNTED);
		expect(written).toEqual(parts('-4'));
		expect(receipt.tries).toBe(1);
	});

	test('a part that appears during the upload leads to the next number', async () => {
		const place = await bench.place(kind);
		bench.domo.fault(DATA_SET.id, { kind: 'slowStart', on: 'export', ms: 1500 }, 1);
		const running = write(kind, [], { splitRows: 10 }, {}, DATA_SET, place);
		await setTimeout(700);
		await put(place, 'sales-00003.csv');
		const { written } = await running;
		expect(written).toEqual(['sales-00003.csv', ...parts('-1')].sort());
	});

	test('a done file that takes the number as well has to be free', async () => {
		const { written } = await write(kind, ['sales.done', 'sales-1.csv'], {}, { doneFile: 'empty' });
		expect(written).toEqual(['sales-2.csv', 'sales-2.done']);
	});

	test('a done file with a name of its own is written anew with every number', async () => {
		const { written } = await write(kind, ['sales.csv'], {}, { doneFile: 'empty', doneFileName: '_SUCCESS' });
		expect(written).toEqual(['_SUCCESS', 'sales-1.csv']);
	});
});
