import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';

const DATA_SET = dataSets.oneRow();
const RESPONSES = 'http.client.response.finish';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => {
	await bench?.close();
});

test("the export that n8n's own helper fetches frees what it reads, and no other response does", async () => {
	const place = await bench.place('sftp');
	const lean: Array<readonly [string | undefined, boolean]> = [];
	const hear = (told: unknown) => {
		const { request, response } = told as { request: { path: string }; response: IncomingMessage };
		// Told last, so after those that have heard of it before.
		setImmediate(() => lean.push([request.path.split('?')[0], Object.hasOwn(response, 'push')]));
	};
	subscribe(RESPONSES, hear);
	const outcome = await bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) } });
	unsubscribe(RESPONSES, hear);
	expect(receiptOf(outcome)).toMatchObject({ rows: 1 });
	const exported = `/v1/datasets/${DATA_SET.id}/data`;
	expect(lean.filter(([, is]) => is)).toEqual([[exported, true]]);
	expect(lean.length).toBeGreaterThan(1);
});
