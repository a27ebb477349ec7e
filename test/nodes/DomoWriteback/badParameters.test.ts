import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
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

const csv = (fileFormat: IDataObject) => ({ fileFormat });
const publish = (publishing: IDataObject) => ({ publishing });
const named = (typed: string) => ({ selectFilename: 'filename', filename: typed });
const tags = (...names: string[]) => ({ tags: { entry: names.map((name) => ({ name, value: 'x' })) } });

const IDLE = /^Idle Timeout: it must be a whole number from 1 to 3600$/;

const ROWS: readonly Row[] = [
	['no DataSet', 'sftp', dataSet(''), /^Input DataSet ID: it is empty/, /datasources\//],
	['a malformed GUID', 'sftp', dataSet(DATA_SET.id.slice(1)), /^Input DataSet ID: this is not/, /e\.g\. \w{8}-/],
	['a GUID and more', 'azureBlob', dataSet(`${DATA_SET.id}/../x`), /^Input DataSet ID: /, /datasources\//],
	['an empty file name', 'sftp', filename('  '), /^Filename: it is empty/, /sales\.csv/],
	['a file name with a folder', 'sftp', filename('in/sales'), /^Filename: it contains a folder/, /into 'Path'/],
	['a file name with a backslash', 'azureBlob', filename('in\\sales'), /^Filename: it contains a folder/, /sales\.csv/],
	['a file name of dots', 'sftp', filename('..'), /^Filename: a name can't consist of dots/, /sales\.csv/],
	['a file name with a line break', 'sftp', filename('a\nb'), /^Filename: it contains control/, /plain name/],
	['a file name turned right to left', 'sftp', filename('a\u202Eb'), /^Filename: it contains control/, /plain name/],
	['a file name that is too long', 'azureBlob', filename('x'.repeat(300)), /^Filename: it is longer/, /Shorten/],
	['a path that climbs out', 'sftp', path('in/../../etc'), /^Path: it contains "\.\."/, /\/incoming\/domo/],
	[
		'a path with backslashes',
		'sftp',
		path('in\\..\\etc'),
		/^Path: it contains a backslash/,
		/Separate folders with \//,
	],
	['a path with a line break', 'sftp', path('in\n/etc'), /^Path: it contains control/, /\/incoming\/domo/],
	[
		'an impossible container name',
		'azureBlob',
		container('My_Container'),
		/^Blob Container: this isn't a valid/,
		/domo-exports/,
	],
	['no container', 'azureBlob', container(''), /^Blob Container: it is empty/, /from the list/],
	['a file name that is a list', 'sftp', named("={{ ['a'] }}"), /^Filename: it is a list or an object/, /text/],
	[
		'a switch without a value',
		'sftp',
		csv({ escapeFormulas: '={{ $json.no }}' }),
		/^Escape Formulas: it must be/,
		/true/,
	],
	[
		'a switch that says neither',
		'sftp',
		csv({ escapeFormulas: yielding('wahr') }),
		/^Escape Formulas: it must be/,
		/true/,
	],
	['a key without a value', 'sftp', csv({ pgpPublicKey: '={{ $json.no }}' }), /^PGP Public Key: it is empty/, /Paste/],
	['a choice without a value', 'sftp', publish({ ifExists: '={{ $json.no }}' }), /^If Exists: there is no/, /replace/],
	[
		'a number without a value',
		'sftp',
		csv({ splitRows: '={{ $json.no }}' }),
		/^Split Rows: it must/,
		/e\.g\. to 1000000\./,
	],
	['no rows in a part', 'sftp', csv({ splitRows: '={{ 0 }}' }), /^Split Rows: it must/, /e\.g\. to 1000000\./],
	['a tag that is listed twice', 'azureBlob', publish(tags('a', 'a')), /^Tags: "a" is listed twice/, /Remove/],
	['CSV as .pgp', 'sftp', named('sales.csv.pgp'), /^Filename: .* \.pgp, but it isn't encrypted/, /PGP Public Key/],
	[
		'CSV as .gpg.gz',
		'azureBlob',
		named('sales.gpg.gz'),
		/^Filename: .* \.gpg, but it isn't encrypted/,
		/PGP Public Key/,
	],
	[
		'CSV as .ENC',
		'sftp',
		named('<data_set_name>.ENC'),
		/^Filename: .* \.enc, but it isn't encrypted/,
		/PGP Public Key/,
	],
	[
		'CSV as .asc',
		'sftp',
		csv({ fileExtension: 'csv.asc' }),
		/^File Extension: .* \.asc, but it isn't encrypted/,
		/PGP Public Key/,
	],
	[
		'columns without a choice',
		'sftp',
		csv({ columnNames: ['a'] }),
		/^Column Names or IDs: they have no effect while 'Columns' is All/,
		/Only These or All Except/,
	],
	[
		'columns beside all',
		'sftp',
		csv({ columns: 'all', columnNames: '={{ ["a"] }}' }),
		/^Column Names or IDs: they have no effect/,
		/Only These/,
	],
	[
		'armor without a key',
		'sftp',
		csv({ pgpArmor: true }),
		/^PGP ASCII Armor: it has no effect .* would not be encrypted/,
		/Paste the public key/,
	],
	[
		'a time zone without a format',
		'azureBlob',
		csv({ timeZone: 'Europe/Berlin' }),
		/^Time Zone: it has no effect .* times would stay in UTC/,
		/yyyy-MM-dd HH:mm:ss/,
	],
	[
		'a time zone beside a format that came out empty',
		'sftp',
		csv({ timeZone: 'Europe/Berlin', dateTimeFormat: '={{ $json.no }}' }),
		/^Time Zone: it has no effect/,
		/Date Time Format/,
	],
	['no try at all', 'sftp', transfer({ maxTries: 0 }), /^Max Tries: .* from 1 to 100/, /Transfer/],
	['half a try', 'sftp', transfer({ maxTries: 1.5 }), /^Max Tries: .* whole number/, /Transfer/],
	['no idle time at all', 'azureBlob', transfer({ idleTimeout: 0 }), /^Idle Timeout: .* from 1/, /Transfer/],
	['an idle time of a day', 'sftp', transfer({ idleTimeout: 86_400 }), /^Idle Timeout: .* from 1 to 3600$/, /Transfer/],
	...[...['NaN', 'Infinity', '1e309', '-1', '2.5', '0x10', 'ten', '', ' ', '1_000', '9'.repeat(400)]].map(
		(text): Row => [
			`an idle time of "${text.slice(0, 9)}"`,
			'sftp',
			transfer({ idleTimeout: yielding(text) }),
			IDLE,
			/Transfer/,
		],
	),
	...['NaN', '1e309', '-1e309', '[]', '{}', '[5]', 'true', 'null', 'undefined', '5n ** 99n'].map(
		(code): Row => [`${code} as idle time`, 'sftp', transfer({ idleTimeout: `={{ ${code} }}` }), IDLE, /Transfer/],
	),
	['many items at once', 'sftp', transfer({ itemsAtOnce: 17 }), /^Items at Once: .* from 1 to 16$/, /Transfer/],
	['many tries', 'azureBlob', transfer({ maxTries: 101 }), /^Max Tries: .* from 1 to 100$/, /Transfer/],
	['many connections', 'sftp', transfer({ connections: '={{ 9 }}' }), /^Connections: .* from 1 to 8$/, /Transfer/],
	['large blocks', 'azureBlob', transfer({ blockSize: 65 }), /^Block Size: .* from 1 to 64$/, /Transfer/],
	['many blocks', 'azureBlob', transfer({ concurrency: 33 }), /^Concurrency: .* from 1 to 32$/, /Transfer/],
	[
		'many large blocks',
		'azureBlob',
		transfer({ blockSize: 16, concurrency: 7 }),
		/^Concurrency: with a 'Block Size' of 16 MiB it must be a whole number from 1 to 6$/,
		/or 'Block Size' under/,
	],
	['parts of no size', 'sftp', csv({ splitMegabytes: '={{ 0 }}' }), /^Split Megabytes: it must/, /e\.g\. to 500\./],
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

test.each<[string, IDataObject]>([
	['names that are empty', { columnNames: [] }],
	['names beside all that an expression leaves empty', { columns: 'all', columnNames: '={{ "" }}' }],
	['an order without names', { columnOrder: 'asListed' }],
	['no armor', { pgpArmor: false }],
	['a time zone that is empty', { timeZone: '' }],
])('options that are added and left as they are change nothing: %s', async (_what, fileFormat) => {
	const place = await bench.place('sftp');
	const { run } = await bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id), fileFormat } });
	expect(run.error).toBeUndefined();
});

test.each([
	['a malformed GUID', { dataSet: byId('845305d8') }, /A DataSet ID looks like/],
	['an impossible container name', byName('My_Container'), /Container names are 3 to 63/],
])('%s that is typed stops the workflow before it runs', async (_what, parameters, says) => {
	const place = await bench.place('azureBlob');
	const wish = { parameters: { ...place.parameters, dataSet: byId(DATA_SET.id), ...parameters } };
	await expect(bench.run(wish)).rejects.toThrow(says);
});
