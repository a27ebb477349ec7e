import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../sandbox/domo/dataSets';
import { type Bench, byId, startBench } from './bench';
import { expectNothingSent } from './nothingSent';
import type { Kind } from './places';

type Row = readonly [what: string, kind: Kind, parameters: IDataObject, says: RegExp, hint: RegExp];

const DATA_SET = dataSets.oneRow();

/** n8n checks what is typed; what an expression yields gets to the node. */
const yielding = (value: string) => `={{ ${JSON.stringify(value)} }}`;
const dataSet = (value: string) => ({ dataSet: byId(yielding(value)) });
const filename = (value: string) => ({ selectFilename: 'filename', filename: yielding(value) });
const path = (value: string) => ({ path: value });
const byName = (value: string) => ({ container: { __rl: true, mode: 'name', value } });
const container = (value: string) => byName(yielding(value));
const transfer = (options: IDataObject) => ({ transfer: options });

const ROWS: readonly Row[] = [
	['no DataSet', 'sftp', dataSet(''), /^Input DataSet ID: it is empty/, /datasources\//],
	['a malformed GUID', 'sftp', dataSet(DATA_SET.id.slice(1)), /^Input DataSet ID: this is not/, /e\.g\. \w{8}-/],
	['a GUID and more', 'azureBlob', dataSet(`${DATA_SET.id}/../x`), /^Input DataSet ID: /, /datasources\//],
	['an empty file name', 'sftp', filename('  '), /^Filename: it is empty/, /sales\.csv/],
	['a file name with a folder', 'sftp', filename('in/sales'), /^Filename: it holds a folder/, /into Path/],
	['a file name with a backslash', 'azureBlob', filename('in\\sales'), /^Filename: it holds a folder/, /sales\.csv/],
	['a file name of dots', 'sftp', filename('..'), /^Filename: dots alone/, /sales\.csv/],
	['a file name with a line break', 'sftp', filename('a\nb'), /^Filename: it holds control/, /plain name/],
	['a file name turned right to left', 'sftp', filename('a\u202Eb'), /^Filename: it holds control/, /plain name/],
	['a file name that is too long', 'azureBlob', filename('x'.repeat(300)), /^Filename: it is longer/, /Shorten/],
	['a path that climbs out', 'sftp', path('in/../../etc'), /^Path: it climbs out/, /\/incoming\/domo/],
	['a path with backslashes', 'sftp', path('in\\..\\etc'), /^Path: it holds a backslash/, /separated by \//],
	['a path with a line break', 'sftp', path('in\n/etc'), /^Path: it holds control/, /\/incoming\/domo/],
	['an impossible container name', 'azureBlob', container('My_Container'), /^Blob Container: no/, /domo-exports/],
	['no container', 'azureBlob', container(''), /^Blob Container: it is empty/, /from the list/],
	['no try at all', 'sftp', transfer({ maxTries: 0 }), /^Max Tries: .* from 1 to 100/, /Transfer/],
	['half a try', 'sftp', transfer({ maxTries: 1.5 }), /^Max Tries: .* whole number/, /Transfer/],
	['no idle time at all', 'azureBlob', transfer({ idleTimeout: 0 }), /^Idle Timeout: .* from 1/, /Transfer/],
	['no item at once', 'sftp', transfer({ itemsAtOnce: 0 }), /^Items at Once: .* from 1/, /Transfer/],
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

test.each(ROWS)('%s is told before anything is sent (to %s)', async (_what, kind, parameters, says, hint) => {
	await expectNothingSent(bench, kind, { dataSetId: DATA_SET.id, parameters, says, hint });
});

test.each([
	['a malformed GUID', { dataSet: byId('845305d8') }, /A DataSet ID looks like/],
	['an impossible container name', byName('My_Container'), /Container names are 3 to 63/],
])('%s that is typed stops the workflow before it runs', async (_what, parameters, says) => {
	const place = await bench.place('azureBlob');
	const wish = { parameters: { ...place.parameters, dataSet: byId(DATA_SET.id), ...parameters } };
	await expect(bench.run(wish)).rejects.toThrow(says);
});
