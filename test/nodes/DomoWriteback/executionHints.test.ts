import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { SandboxDataSet } from '../../../sandbox/domo/domo';
import { startSsh2Server } from '../../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../../fields';
import { type Bench, byId, startBench, type Typed } from './bench';
import type { Kind } from './places';
import { shownOf } from './secrets';
import { NODE_NAME } from './workflow';

const DAY_MS = 24 * 60 * 60_000;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([]);
}, 120_000);
afterAll(async () => await bench?.close());

function served(name: string, more: Partial<SandboxDataSet> = {}): SandboxDataSet {
	const dataSet = { ...dataSets.large({ bytes: 10_000, name }), ...more };
	bench.domo.add(dataSet);
	return dataSet;
}

interface Wish {
	readonly to?: Kind;
	readonly parameters?: IDataObject;
	readonly typed?: Typed;
	readonly path?: string;
}

/** The hints of a run with one item for each DataSet; they are where nobody overlooks them, and hold no secret. */
async function hintsOf(
	written: readonly SandboxDataSet[],
	{ to = 'sftp', typed = {}, path, parameters: more }: Wish = {},
) {
	const place = await bench.place(to);
	const engine = bench.engine(typed);
	const parameters = {
		...place.parameters,
		...(path !== undefined && { path }),
		dataSet: byId('={{ $json.id }}'),
		...more,
	};
	const outcome = await bench.run({ parameters, items: written.map(({ id }) => ({ id })), engine });
	if (outcome.run.error) throw outcome.run.error;
	const hints: NodeExecutionHint[] = outcome.run.hints[NODE_NAME] ?? [];
	expect(shownOf(outcome, engine)).toEqual([]);
	expect(hints.map(({ location }) => location)).toEqual(hints.map(() => 'outputPane'));
	return hints.map(({ type, message }) => `${type}: ${message}`);
}

const expiresIn = (days: number): Typed => ({
	azureBlobSasApi: { sasToken: bench.azure.accountSas({ expiresInMs: days * DAY_MS + 60_000 }) },
});

test.each(['sftp', 'azureBlob'] as const)('a run to %s of which there is nothing to say has none', async (to) => {
	expect(await hintsOf([served('Plain')], { to })).toEqual([]);
});

test.each([
	[14, 'in 14 days'],
	[1, 'in a day'],
	[0, 'in less than a day'],
])('a SAS token that ends in %i days is told of once, however many items there are', async (days, left) => {
	const [hint, ...others] = await hintsOf([served('One'), served('Two'), served('Three')], {
		to: 'azureBlob',
		typed: expiresIn(days),
	});
	expect(hint).toMatch(
		/^warning: The SAS token of sandboxaccount expires in .+, on \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Replace/,
	);
	expect(hint).toContain(left);
	expect(others).toEqual([]);
});

test('a SAS token that is good for longer is not told of', async () => {
	expect(await hintsOf([served('Long')], { to: 'azureBlob', typed: expiresIn(15) })).toEqual([]);
});

test('a host key that nobody checks is told of, and how to pin it', async () => {
	const typed = { sftpWritebackApi: { hostKeyCheck: 'any', hostKeyFingerprint: '' } };
	const hints = await hintsOf([served('Any 1'), served('Any 2')], { typed });
	expect(hints).toEqual([
		expect.stringMatching(
			/^warning: The host key of sftp:\/\/127\.0\.0\.1:\d+ isn't verified.*Pinned.*save: the message shows the key/,
		),
	]);
});

test('PDP is told of once, with some of the DataSets', async () => {
	const some = ['A & B', 'C', 'D', 'E', 'F'].map((name) => served(name, { pdpEnabled: true }));
	const [hint, ...others] = await hintsOf([...some, served('Without')]);
	expect(hint).toMatch(
		/^warning: PDP is on: the file holds the rows that this Domo client may see, which can be more than its reader may see .*Manage DataSet\): .*and 2 more/,
	);
	expect(hint).not.toContain('Without');
	expect(others).toEqual([]);
});

test('a DataSet that could not be verified is told of, with the reason and what nobody can read as HTML', async () => {
	const dataSet = served('<b>Hidden</b> rows');
	bench.domo.fault(dataSet.id, { kind: 'pdp', hiddenRows: 10 });
	const hints = await hintsOf([dataSet]);
	expect(hints).toEqual([
		expect.stringMatching(
			/^warning: Published, but not verified: &lt;b&gt;Hidden&lt;\/b&gt; rows: Domo lists \d+ rows and sent \d+: PDP is on/,
		),
	]);
});

test('so is one that was skipped because Domo sent no rows', async () => {
	const dataSet = served('Hidden');
	bench.domo.fault(dataSet.id, { kind: 'pdp', hiddenRows: dataSet.rows });
	const parameters = { publishing: { ifNoRows: 'skip' } };
	expect(await hintsOf([dataSet, served('Shown')], { parameters })).toEqual([
		expect.stringMatching(
			/^warning: Skipped because there are no rows to write, but not verified: Hidden: Domo lists \d+ rows and sent 0: PDP is on/,
		),
	]);
});

const named = (filename: string, fileFormat: IDataObject = {}) => ({
	selectFilename: 'filename',
	filename,
	fileFormat,
});

test.each<[string, IDataObject, string]>([
	['Parquet as .csv', named('<data_set_id>.csv', { format: 'parquet' }), 'csv holds Parquet'],
	['CSV as .jsonl by an expression', named('={{ $json.id + ".jsonl" }}'), 'jsonl holds CSV'],
	['CSV as .gz', named('<data_set_id>.gz'), 'gz holds CSV'],
	['CSV as .zip', named('<data_set_id>.csv.zip'), 'csv.zip holds CSV'],
	['gzip as .csv', { fileFormat: { compression: 'gzip', fileExtension: 'csv' } }, 'csv holds gzip'],
	['Zip as .parquet', { fileFormat: { compression: 'zip', fileExtension: 'parquet' } }, 'parquet holds Zip'],
])('%s is told of after the run', async (_, parameters, told) => {
	const [one, two] = [served('Misnamed 1'), served('Misnamed 2')];
	const [hint, ...others] = await hintsOf([one, two], { parameters });
	expect(hint).toBe(`warning: The name of a file doesn't match its content: ${one.id}.${told}; ${two.id}.${told}.`);
	expect(others).toEqual([]);
});

test.each<[string, IDataObject]>([
	['.txt', named('<data_set_id>.txt')],
	['.json for JSON Lines', named('<data_set_id>.json', { format: 'jsonLines' })],
	['gzip as .csv.gz', named('<data_set_id>.csv', { compression: 'gzip' })],
	['Zip as .zip', named('<data_set_id>.csv', { compression: 'zip' })],
])('%s is a name that holds', async (_, parameters) => {
	expect(await hintsOf([served('Well named')], { parameters })).toEqual([]);
});

test('an old file that stepped aside is told of once for all items', async () => {
	const server = await startSsh2Server();
	try {
		const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
		const written = [served('Aside 1'), served('Aside 2')];
		expect(await hintsOf(written, { typed, path: '' })).toEqual([]);
		expect(await hintsOf(written, { typed, path: '' })).toEqual([
			"info: What the server refused or did differently: The server can't replace a file in one step, so the target was briefly missing during a rename.",
		]);
	} finally {
		await server.close();
	}
});

test('part files of killed processes that were removed are told of', async () => {
	const dataSet = served('Orphans');
	const orphan = `.${dataSet.id}.csv.0123456789ab.part`;
	const then = new Date(Date.now() - 3 * 60 * 60_000);
	await writeFile(join(bench.sftp.root, orphan), 'half');
	await utimes(join(bench.sftp.root, orphan), then, then);
	expect(await hintsOf([dataSet], { path: '' })).toEqual([
		`info: Removed part files that an interrupted writeback had left behind: ${orphan}.`,
	]);
});
