import type { IDataObject } from 'n8n-workflow';
import { nasty } from '../../sandbox/domo/edgeCases';
import { together } from './axes';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { aStage } from './stage';

const stage = aStage();

const { id } = nasty().dataSet;

type Unfit = readonly [what: string, format: FileFormat & { readonly typedKey?: string }, says: RegExp, hint: RegExp];

const rename = (from: string, to: string): FileFormat => ({ renameColumns: { column: [{ from, to }] } });
const only = (...columnNames: string[]): FileFormat => ({ columns: 'only', columnNames });

/** Wrong for this DataSet, or with a key that has to be looked into. */
const UNFIT: readonly Unfit[] = [
	[
		'a column that is not there',
		only('Order Id'),
		/^Column Names or IDs: the DataSet has no column "Order Id"/,
		/^Did you mean "Order ID"\? .* upper and lower case/,
	],
	[
		'a renamed column that is not there',
		rename('Shiped At', 'x'),
		/^Rename Columns: .* no column "Shiped At"/,
		/"Shipped At"\?.*Domo shows it/,
	],
	[
		'a renamed column that is not written',
		{ ...only('ratio'), ...rename('shipped', 'x') },
		/^Rename Columns: "shipped" is not among/,
		/Columns/,
	],
	['a new name that is taken', rename('ratio', 'shipped'), /^Rename Columns: .* both be named "shipped"/, /own name/],
	['a column that is listed twice', only('ratio', 'ratio'), /^Column Names or IDs: "ratio" is listed twice/, /once/],
	['no column that is left', { ...only('_BATCH_ID_'), dropBatchColumns: true }, /^Columns: no columns are left/, /All/],
	[
		'a text column that is not there',
		{ format: 'parquet', textColumns: ['Ratio'] },
		/^Text Column Names or IDs: the DataSet has no column "Ratio"/,
		/"ratio"/,
	],
	[
		'a text column that is not written',
		{ format: 'parquet', ...only('ratio'), textColumns: ['shipped'] },
		/^Text Column Names or IDs: "shipped" is not among/,
		/Columns/,
	],
	[
		'a mark that another character is written like',
		{ format: 'csv', encoding: 'Shift_JIS', nullValue: '－', ...only('ratio') },
		/^File Encoding: Shift_JIS writes "−" as it writes "－"/,
		/UTF-8/,
	],
	[
		'a mark that replaces other characters',
		{ format: 'csv', encoding: 'ISO-8859-1', onUnmappable: 'replace', delimiter: 'custom', customDelimiter: '?' },
		/^On Unmappable Character: Replace writes a question mark/,
		/UTF-8/,
	],
	[
		'a time zone that is none',
		{ dateTimeFormat: 'yyyy', timeZone: 'Europe/Atlantis' },
		/^Time Zone: there is no time zone/,
		/Europe\/Vienna/,
	],
	[
		'a delimiter that the encoding lacks',
		{ format: 'csv', encoding: 'ISO-8859-1', delimiter: 'custom', customDelimiter: '€' },
		/^File Encoding: ISO-8859-1 can't represent "€"/,
		/UTF-8/,
	],
	[
		'a text that is no key',
		{ typedKey: 'hello' },
		/^PGP Public Key: it contains no PGP key/,
		/BEGIN PGP PUBLIC KEY BLOCK/,
	],
	[
		'a damaged key',
		{ typedKey: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQGN\n-----END PGP PUBLIC KEY BLOCK-----' },
		/^PGP Public Key: .* damaged/,
		/BEGIN PGP/,
	],
	[
		'an expired key',
		{ pgpPublicKey: ['rsa', 'expired'] },
		/^PGP Public Key: the key .*expired@example\.com.* expired on 2024-01-02/,
		/Ask the recipient/,
	],
	[
		'a key that only signs',
		{ pgpPublicKey: ['signOnly'] },
		/^PGP Public Key: the key .* no part that can encrypt files/,
		/Ask the recipient/,
	],
];

test.each(UNFIT)(
	'%s is told by the label of its field before any data is asked for',
	async (_, { typedKey, ...fileFormat }, says, hint) => {
		const spot = await openSpot('sftp', stage().bench);
		const more = typedKey === undefined ? {} : { more: { fileFormat: { pgpPublicKey: typedKey } } };
		const { run, asked } = await stage().write({
			dataSet: { id },
			settings: together([{ fileFormat }]),
			spot,
			...more,
		});
		expect(run.error).toMatchObject({
			type: 'setting',
			message: expect.stringMatching(says),
			description: expect.stringMatching(hint),
		});
		expect(asked.exports).toBe(0);
		expect(await spot.paths()).toEqual([]);
	},
);

test('a character that the encoding lacks is told with its cell, and nothing is left', async () => {
	const spot = await openSpot('sftp', stage().bench);
	const settings = together([{ fileFormat: { encoding: 'Windows-1252', ...only('Order ID', 'Größe 尺寸') } }]);
	const { run } = await stage().write({ dataSet: { id }, settings, spot });
	expect(run.error).toMatchObject({
		type: 'setting',
		message: 'File Encoding: the column name "Größe 尺寸" holds "尺", which Windows-1252 can\'t represent',
		description: expect.stringContaining('On Unmappable Character'),
	});
	expect(await spot.paths()).toEqual([]);
});

const entry = (name: string, value = 'x') => ({ entry: [{ name, value }] });

/** What Azure would refuse only when all data is there. */
const BLOB: ReadonlyArray<readonly [what: string, publishing: IDataObject, says: RegExp, hint: RegExp]> = [
	['a content type of two lines', { contentType: '={{ "text/csv\\nx: y" }}' }, /^Content Type: /, /text\/csv/],
	[
		'metadata of two words',
		{ metadata: entry('two words') },
		/^Metadata: "two words" isn't a valid name/,
		/source_system/,
	],
	[
		"metadata that is the node's own",
		{ metadata: entry('DomoWritebackRun') },
		/^Metadata: DomoWritebackRun is set by/,
		/another name/,
	],
	['a tag with a bracket', { tags: entry('a[0]') }, /^Tags: "a\[0\]" isn't a valid name/, /128 letters/],
];

test.each(BLOB)(
	'%s is told by the label of its field before any data is asked for',
	async (_, publishing, says, hint) => {
		const spot = await openSpot('azureBlob', stage().bench);
		const { run, asked } = await stage().write({ dataSet: { id }, settings: together([]), spot, more: { publishing } });
		expect(run.error).toMatchObject({
			type: 'setting',
			message: expect.stringMatching(says),
			description: expect.stringMatching(hint),
		});
		expect(asked.exports).toBe(0);
		expect(await spot.paths()).toEqual([]);
	},
);
