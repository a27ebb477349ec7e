import * as dataSets from '../../../sandbox/domo/dataSets';
import type { DetailedFault, Place as Endpoint } from '../../../sandbox/domo/domo';
import { type Bench, byId, receiptOf, startBench } from './bench';

const DATA_SET = dataSets.awkward();

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
beforeEach(() => bench.domo.fault(DATA_SET.id, 'none'));

function answer(kind: DetailedFault['kind'], on: Endpoint, times?: number): void {
	bench.domo.fault(DATA_SET.id, { kind, on } as DetailedFault, times);
}

async function write() {
	const place = await bench.place('sftp');
	const parameters = { ...place.parameters, dataSet: byId(DATA_SET.id), transfer: { maxTries: 2 } };
	return await bench.run({ parameters });
}

test.each(['unauthorized', 'unauthorizedAsServerError', 'tokenExpired'] as const)(
	'a token refused once on the export (%s) is renewed within the same try',
	async (kind) => {
		answer(kind, 'export', 1);
		const outcome = await write();
		expect(receiptOf(outcome)).toMatchObject({ tries: 1, verification: 'verified' });
		expect(outcome.asked).toEqual({ tokens: 2, metadata: 1, exports: 2 });
	},
);

test('a good token whose export is refused once with 406 stays as it is', async () => {
	answer('notAcceptable', 'export', 1);
	const outcome = await write();
	expect(receiptOf(outcome)).toMatchObject({ tries: 1, verification: 'verified' });
	expect(outcome.asked).toEqual({ tokens: 1, metadata: 1, exports: 2 });
});

test('of 20 DataSets whose export is refused with 406, none has a good token renewed', async () => {
	answer('notAcceptable', 'export');
	const place = await bench.place('sftp');
	const parameters = {
		...place.parameters,
		...{ dataSet: byId(DATA_SET.id), selectFilename: 'filename', filename: '=item {{ $json.at }}' },
		transfer: { maxTries: 3 },
	};
	const items = Array.from({ length: 20 }, (_, at) => ({ at }));
	const { asked, bad } = await bench.run({ parameters, items, onError: 'continueErrorOutput' });
	expect([asked.tokens, asked.exports, bad.length]).toEqual([1, 40, 20]);
	expect(bad[0]?.json.details).toMatchObject({ reason: 'dataSetForbidden' });
});

test('a token refused once on the metadata is renewed within the same try', async () => {
	answer('tokenExpired', 'metadata', 1);
	const outcome = await write();
	expect(receiptOf(outcome)).toMatchObject({ tries: 1 });
	expect(outcome.asked).toEqual({ tokens: 2, metadata: 2, exports: 1 });
});
