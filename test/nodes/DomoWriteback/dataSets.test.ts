import * as dataSets from '../../../sandbox/domo/dataSets';
import { digest } from '../../../sandbox/domo/domo';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { type Kind, KINDS } from './places';

const CASES = [
	dataSets.empty(),
	dataSets.oneRow(),
	dataSets.noFinalNewline(),
	dataSets.awkward(),
	dataSets.awkwardNulls(),
	dataSets.wide(),
	dataSets.manyQuotes({ bytes: 8_000_000, name: 'Line breaks in quotes, 8 MB' }),
	dataSets.large({ bytes: 20_000_000, name: 'Large, 20 MB' }),
	dataSets.large({ bytes: 3_000_000, name: 'Compressed on its way', gzip: true }),
	dataSets.awkward({ name: 'Awkward and compressed', gzip: true }),
];

/** What is sent in one request, whose answer has a checksum; Azurite's answers to blocks have none. */
const ONE_REQUEST = 4 * 1024 * 1024;

/** How each destination proves that it holds what was sent, as long as Verify Content is off. */
const verifiedBy = (kind: Kind, bytes: number) =>
	kind === 'sftp' ? 'sampled' : bytes <= ONE_REQUEST ? 'content' : 'size';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(CASES);
}, 120_000);
afterAll(async () => await bench?.close());

describe.each(KINDS)('to %s', (kind) => {
	test.each(CASES)('$name arrives byte for byte, with its receipt', async (dataSet) => {
		const place = await bench.place(kind);
		const expected = await digest(dataSet);
		const before = Date.now();
		const outcome = await bench.run({ parameters: { ...place.parameters, dataSet: byId(dataSet.id) } });
		const receipt = receiptOf(outcome);
		const fileName = `${dataSet.id}.csv`;
		expect(receipt).toEqual({
			dataSetId: dataSet.id,
			dataSetName: dataSet.name,
			destination: kind,
			target: place.address + fileName,
			fileName,
			...expected,
			files: [{ fileName, target: place.address + fileName, ...expected }],
			rowsExpected: expected.rows,
			verification: 'verified',
			verifiedBy: verifiedBy(kind, expected.bytes),
			tries: 1,
			startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			durationMs: expect.any(Number),
			bytesPerSecond: Math.round((expected.bytes * 1000) / Number(receipt.durationMs)),
		});
		expect(Date.parse(String(receipt.startedAt))).toBeGreaterThanOrEqual(before);
		expect(outcome.good[0]?.pairedItem).toEqual({ item: 0 });
		expect(await place.digest(fileName)).toEqual({ bytes: expected.bytes, sha256: expected.sha256 });
		expect(await place.names()).toEqual([fileName]);
	});

	test('a DataSet replaces the file that an earlier run left', async () => {
		const place = await bench.place(kind);
		const [first, second] = [dataSets.oneRow(), dataSets.awkward()];
		const parameters = { ...place.parameters, selectFilename: 'filename', filename: 'same' };
		for (const { id } of [first, second])
			receiptOf(await bench.run({ parameters: { ...parameters, dataSet: byId(id) } }));
		const { bytes, sha256 } = await digest(second);
		expect(await place.digest('same.csv')).toEqual({ bytes, sha256 });
		expect(await place.names()).toEqual(['same.csv']);
	});

	test('a DataSet is found by the address of its page', async () => {
		const place = await bench.place(kind);
		const { id } = dataSets.oneRow();
		const value = `https://mycompany.domo.com/datasources/${id.toUpperCase()}/details/overview`;
		const parameters = { ...place.parameters, dataSet: { __rl: true, mode: 'url', value } };
		expect(receiptOf(await bench.run({ parameters }))).toMatchObject({ dataSetId: id, rows: 1 });
	});
});
