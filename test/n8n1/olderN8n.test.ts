import { resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { catalogue, large } from '../../sandbox/domo/dataSets';
import { digest } from '../../sandbox/domo/domo';
import { installN8n } from '../../sandbox/n8n/install';
import { executeWorkflow, importInto, n8nCli, startN8n } from '../../sandbox/n8n/n8n';
import { standardDataSets, startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { until } from '../e2e/editor/until';
import { installedFromPack } from '../e2e/installed';
import { DOMO_TYPE, everythingIn, type Workflow, workflowsIn, writebackWorkflow } from '../e2e/workflows';
import { expectWritten } from '../e2e/written';

const PACKAGE = resolve(__dirname, '../..');
const EXAMPLES = workflowsIn(resolve(PACKAGE, 'examples'));
const SMALL = named(catalogue(1)[0]);
const TO_SFTP = { domoClientApi: 'domoSandbox', sftpWritebackApi: 'sftpSandbox' };

/** What loads a library when it is asked for, and not before. */
const FORMATS: Readonly<Record<string, INodeParameters>> = {
	parquet: { format: 'parquet' },
	parquetZstandard: { format: 'parquet', parquetCodec: 'zstd' },
	zip: { format: 'jsonLines', compression: 'zip' },
	encoding: { encoding: 'Windows-1250', onUnmappable: 'replace' },
	pgp: { compression: 'gzip', pgpPublicKey: publicKey() },
};
const OWN = Object.entries(FORMATS).map(([path, fileFormat]) => {
	const dataSet = { __rl: true, mode: 'id', value: SMALL.id };
	return writebackWorkflow(path, { destination: 'sftp', dataSet, path, fileFormat }, TO_SFTP);
});

/** With rows. */
const SOME = named(catalogue(12).at(-1));
const READ = [
	reading('getMany', { filters: { nameContains: SOME.name } }),
	reading('getRows', { returnAll: true }),
	reading('query', { sql: 'SELECT * FROM table' }),
];

/** Of no DataSet. */
const ABSENT = { __rl: true, mode: 'id', value: '11111111-2222-4333-a444-555555555555' };
const FAILING = [
	withErrorOutput(writebackWorkflow('fail-copy', { destination: 'sftp', dataSet: ABSENT, path: 'failing' }, TO_SFTP)),
	withErrorOutput(reading('get', { dataSet: ABSENT })),
];

/** How n8n keeps files: on its disk, or with the execution. */
const KEPT = ['filesystem', 'default'];
/** Larger than what n8n is given ahead. */
const FILE = large({ bytes: 4 * 1024 * 1024 });
const FOR_NEXT = hashedByNext(
	writebackWorkflow(
		'for-next',
		{ destination: 'binary', dataSet: { __rl: true, mode: 'id', value: FILE.id } },
		{ domoClientApi: 'domoSandbox' },
	),
);

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let sandbox: Sandbox;

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, sandbox] = await Promise.all([installedFromPack(), startSandbox([...standardDataSets(), FILE])]);
	await importInto(installed, sandbox.credentials, [...OWN, ...READ, ...FAILING, FOR_NEXT, triggered()]);
});

afterAll(async () => Promise.all([installed?.remove(), sandbox?.close()]));

test.each(OWN.map((workflow) => [workflow.id, workflow] as const))('writes %s', async (id, workflow) => {
	const { code, output, items } = await executeWorkflow(id, installed);
	expect(code === 0 ? '' : output).toBe('');
	const [node] = workflow.nodes.filter(({ name }) => name === 'Copy');
	const [receipt] = items('Copy');
	if (!node || !receipt) throw new Error(output);
	await expectWritten(sandbox, node, receipt, await digest(SMALL));
});

test.each(READ.map((workflow) => [String(workflow.nodes[1]?.parameters.operation), workflow.id] as const))(
	'the node Domo does %s',
	async (operation, id) => {
		const { code, output, items } = await executeWorkflow(id, installed);
		expect(code === 0 ? '' : output).toBe('');
		const found = items('Read');
		expect(found).toHaveLength(operation === 'getMany' ? 1 : SOME.rows);
		expect(found[0]).toMatchObject(
			operation === 'getMany' ? { dataSetId: SOME.id } : { id: 1, name: 'Name 1', amount: '0.50' },
		);
	},
);

test.each(FAILING.map(({ id }) => id))(
	'%s puts the failed item out by the error output, with its details',
	async (id) => {
		const { code, output, items } = await executeWorkflow(id, installed);
		expect(code === 0 ? '' : output).toBe('');
		expect(items('Good')).toEqual([]);
		expect(items('Bad')).toEqual([
			{
				error: expect.stringContaining(ABSENT.value),
				details: { reason: 'dataSetNotFound', hint: expect.stringContaining('datasources/') },
			},
		]);
	},
);

test.each(KEPT)('hands a file to the next node, which reads what Domo served (%s)', async (mode) => {
	const kept = { ...installed, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } };
	const { code, output, items } = await executeWorkflow(FOR_NEXT.id, kept);
	expect(code === 0 ? '' : output).toBe('');
	const { sha256 } = await digest(FILE);
	expect([items('Copy'), items('Hash')]).toMatchObject([[{ sha256 }], [{ read: sha256 }]]);
});

test('the trigger polls and starts a writeback', async () => {
	await n8nCli(['update:workflow', '--id=triggered', '--active=true'], installed);
	const n8n = await startN8n(installed);
	try {
		await until(async () => (await everythingIn(sandbox)).includes(`sftp changed/${SMALL.id}.csv`));
	} finally {
		await n8n.close();
	}
});

function named<T>(dataSet: T | undefined): T {
	if (dataSet === undefined) throw new Error('The sandbox has no such DataSet');
	return dataSet;
}

/** Start → Read, by the node Domo. */
function reading(operation: string, more: INodeParameters) {
	const dataSet = { __rl: true, mode: 'id', value: SOME.id };
	const parameters = { resource: 'dataSet', operation, ...(operation !== 'getMany' && { dataSet }), ...more };
	const { nodes, ...workflow } = writebackWorkflow(`read-${operation}`, parameters, { domoClientApi: 'domoSandbox' });
	return {
		...workflow,
		nodes: nodes.map((node) => (node.name === 'Copy' ? { ...node, name: 'Read', type: DOMO_TYPE } : node)),
		connections: { Start: { main: [[{ node: 'Read', type: 'main' as const, index: 0 }]] } },
	};
}

/** The same, whose second node goes on after a failure: its outputs lead to Good and to Bad. */
function withErrorOutput(workflow: Workflow): Workflow {
	const [start, failing] = workflow.nodes;
	if (!start || !failing) throw new Error('The workflow has two nodes');
	const plain = { type: 'n8n-nodes-base.noOp', typeVersion: 1, position: start.position, parameters: {} };
	const outputs = ['Good', 'Bad'];
	return {
		...workflow,
		nodes: [
			start,
			{ ...failing, onError: 'continueErrorOutput' },
			...outputs.map((name) => ({ ...plain, id: name, name })),
		],
		connections: {
			...workflow.connections,
			[failing.name]: { main: outputs.map((node) => [{ node, type: 'main' as const, index: 0 }]) },
		},
	};
}

/** The same, whose file goes to a node of n8n's that takes its SHA-256. */
function hashedByNext({ nodes, connections, ...workflow }: Workflow): Workflow {
	const parameters = { action: 'hash', type: 'SHA256', binaryData: true, dataPropertyName: 'read' };
	const node = { id: 'hash', name: 'Hash', type: 'n8n-nodes-base.crypto', typeVersion: 1, parameters };
	return {
		...workflow,
		nodes: [...nodes, { ...node, position: [0, 0] }],
		connections: { ...connections, Copy: { main: [[{ node: 'Hash', type: 'main', index: 0 }]] } },
	};
}

/** The example, which copies at its first poll already. */
function triggered() {
	const example = EXAMPLES.find(({ id }) => id === 'whenDataSetChanges');
	if (!example) throw new Error('There is no such example');
	const nodes = example.nodes.map((node) =>
		'watch' in node.parameters
			? { ...node, parameters: { ...node.parameters, options: { emitOnFirstPoll: true } } }
			: node,
	);
	return { ...example, id: 'triggered', name: 'triggered', nodes };
}

/** Of the partner in the examples. */
function publicKey(): string {
	const format = EXAMPLES.flatMap(({ nodes }) => nodes).flatMap(({ parameters }) => parameters.fileFormat ?? []);
	return String(Object.assign({}, ...format).pgpPublicKey);
}
