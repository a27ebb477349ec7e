import { createHash } from 'node:crypto';
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { digest } from '../../../sandbox/domo/domo';
import { type BinaryFolder, keepBinaryData, readBinary } from '../../../sandbox/engine/binaryData';
import { type Bench, byId, type Outcome, receiptOf, startBench } from './bench';
import { contactsDuring } from './contacts';
import { NODE_NAME } from './workflow';

const SALES = dataSets.large({ bytes: 3_000_000, name: 'Sales' });
const COSTS = dataSets.awkward({ name: 'Costs' });
const NOTHING = dataSets.empty({ name: 'Nothing' });
const ABSENT = '11111111-2222-4333-a444-555555555555';
const ITEMS = [{ id: SALES.id }, { id: ABSENT }, { id: COSTS.id }];

const TO_BINARY = { destination: 'binary', selectFilename: 'filename', filename: 'report' };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([SALES, COSTS, NOTHING]);
}, 120_000);
afterAll(async () => await bench?.close());

const run = async (dataSetId: string, more: IDataObject = {}) =>
	await bench.run({ parameters: { ...TO_BINARY, dataSet: byId(dataSetId), ...more } });
const binariesOf = ({ good }: Outcome): IBinaryKeyData => good[0]?.binary ?? {};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(['on disk', 'in memory'] as const)('with binary data %s', (where) => {
	let kept: BinaryFolder | undefined;
	beforeEach(async () => {
		kept = where === 'on disk' ? await keepBinaryData() : undefined;
	});
	afterEach(async () => await kept?.close());

	test.each([SALES, COSTS, NOTHING])('$name goes to the next node byte for byte, with its receipt', async (dataSet) => {
		const outcome = await run(dataSet.id);
		const expected = await digest(dataSet);
		expect(receiptOf(outcome)).toMatchObject({
			destination: 'binary',
			target: 'binary://data/report.csv',
			fileName: 'report.csv',
			...expected,
			files: [{ fileName: 'report.csv', target: 'binary://data/report.csv', ...expected }],
			verification: 'verified',
			verifiedBy: 'content',
		});
		const { data, ...others } = binariesOf(outcome);
		expect(others).toEqual({});
		expect(data).toMatchObject({ fileName: 'report.csv', mimeType: 'text/csv', fileExtension: 'csv' });
		const content = data && (await readBinary(data, kept));
		expect(content && sha256(content)).toBe(expected.sha256);
		expect(outcome.good[0]?.pairedItem).toEqual({ item: 0 });
		expect(await kept?.files()).toEqual(kept && [data?.id?.replace(/^.*:/, '')]);
	});

	test('a refusal says that no file was handed on, instead of speaking of a target', async () => {
		const { run: refused } = await run(SALES.id, { fileFormat: { splitRows: 1 } });
		expect(refused.error).toMatchObject({
			message: expect.stringMatching(/^Split Rows: .* more than 10000 files$/),
			description: expect.stringMatching(/^No file was handed to the next node\. Raise the limit/),
		});
	});

	test('parts come in fields of their own, in order, and the manifest beside them', async () => {
		const fileFormat = { splitMegabytes: 1, compression: 'gzip' };
		const outcome = await run(SALES.id, {
			binaryPropertyName: 'Sales file',
			fileFormat,
			publishing: { doneFile: 'manifest' },
		});
		const receipt = receiptOf(outcome);
		const binaries = binariesOf(outcome);
		expect(Object.keys(binaries)).toEqual([1, 2, 3, 4, 'done'].map((part) => `Sales file_${part}`));
		const [first, second, third, fourth, done] = await Promise.all(
			Object.values(binaries).map(async (one) => await readBinary(one, kept)),
		);
		const parts = [first, second, third, fourth];
		expect(receipt.files).toMatchObject(
			parts.map((part, at) => ({
				fileName: `report-0000${at + 1}.csv.gz`,
				target: `binary://Sales%20file_${at + 1}/report-0000${at + 1}.csv.gz`,
				sha256: part && sha256(part),
			})),
		);
		expect(receipt.doneFile).toBe('binary://Sales%20file_done/report.manifest.json');
		expect(JSON.parse(String(done))).toMatchObject({
			rows: receipt.rows,
			files: [{ sha256: sha256(first!) }, {}, {}, {}],
		});
	});

	test('a hint says once where n8n holds whole files in memory', async () => {
		const parameters = { ...TO_BINARY, dataSet: byId('={{ $json.id }}') };
		const { run: done } = await bench.run({ parameters, items: [{ id: COSTS.id }, { id: NOTHING.id }] });
		const message = expect.stringMatching(
			/^n8n loads the whole file into memory; .*=filesystem streams it instead: n8n keeps/,
		);
		expect(done.hints[NODE_NAME]).toEqual(
			where === 'on disk' ? [] : [{ type: 'info', location: 'outputPane', message }],
		);
	});

	test('a failing item among good ones goes on with what happened, and without a file', async () => {
		const parameters = { ...TO_BINARY, dataSet: byId('={{ $json.id }}') };
		const { good } = await bench.run({ parameters, items: ITEMS, onError: 'continueRegularOutput' });
		expect(good.map(({ json, binary, pairedItem }) => [json.dataSetId, Object.keys(binary ?? {}), pairedItem])).toEqual(
			[
				[SALES.id, ['data'], { item: 0 }],
				[undefined, [], { item: 1 }],
				[COSTS.id, ['data'], { item: 2 }],
			],
		);
		expect(good[1]).not.toHaveProperty('binary');
		expect(await kept?.files()).toEqual(kept && [expect.any(String), expect.any(String)]);
	});

	test('an export that is cut short hands nothing on, and leaves nothing of any try', async () => {
		bench.domo.fault(SALES.id, { kind: 'short', missingRows: 3 });
		try {
			const { run: failed } = await run(SALES.id, { transfer: { maxTries: 1 } });
			expect(failed.error).toMatchObject({ type: 'rowsDiffer' });
			expect(failed.outputs[NODE_NAME]?.[0] ?? []).toEqual([]);
			expect(await kept?.files()).toEqual(kept && []);
		} finally {
			bench.domo.fault(SALES.id, 'none');
		}
	});
});

test('items with one name have a file each', async () => {
	const parameters = { ...TO_BINARY, dataSet: byId('={{ $json.id }}') };
	const { good } = await bench.run({ parameters, items: [{ id: SALES.id }, { id: COSTS.id }, { id: SALES.id }] });
	const expected = await Promise.all([SALES, COSTS, SALES].map(async (one) => (await digest(one)).sha256));
	expect(good.map(({ binary }) => sha256(Buffer.from(binary?.data?.data ?? '', 'base64')))).toEqual(expected);
	expect(good.map(({ json }) => json.fileName)).toEqual(['report.csv', 'report.csv', 'report.csv']);
});

test('no server is asked for anything', async () => {
	const work = async () => await run(COSTS.id);
	expect(await contactsDuring(bench, work)).toEqual({ connections: 0, logins: 0, blobRequests: 0 });
});

test('a content type of the user is what the file says of itself', async () => {
	const outcome = await run(COSTS.id, { publishing: { contentType: 'text/x-report' } });
	expect(binariesOf(outcome).data).toMatchObject({ mimeType: 'text/x-report' });
});
