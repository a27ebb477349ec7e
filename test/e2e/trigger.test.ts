import { resolve } from 'node:path';
import { digest } from '../../sandbox/domo/domo';
import { installN8n } from '../../sandbox/n8n/install';
import { importInto, type N8n, startN8n } from '../../sandbox/n8n/n8n';
import { type Sandbox, standardDataSets, startSandbox } from '../../sandbox/sandbox';
import { signIn } from './editor';
import { until } from './editor/until';
import { ended, executed, executionsOf, publish, unpublish } from './execution';
import { installedFromPack } from './installed';
import { readBack, spotOf, type Workflow, workflowsIn } from './workflows';

const PACKAGE = resolve(__dirname, '../..');
const TRIGGER = 'When a DataSet Changes';
const COPY = 'Copy the DataSet';

/** Each test has a copy of the example and a DataSet of its own. */
const TESTS = ['changed', 'restarted', 'unpublished', 'failing', 'sample'] as const;
const [WATCHED] = standardDataSets().filter(({ name }) => /region/i.test(name));
const ID = WATCHED?.id ?? '';

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let sandbox: Sandbox;
let n8n: N8n;
let editor: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, sandbox] = await Promise.all([installedFromPack(), startSandbox()]);
	await importInto(installed, sandbox.credentials, TESTS.map(pollingOften));
	await start();
});

afterAll(async () => {
	await n8n?.close();
	await Promise.all([installed?.remove(), sandbox?.close()]);
});

afterEach(async () => {
	sandbox.domo.fault('list', 'none');
	for (const workflow of TESTS) await unpublish(editor, workflow);
});

test('the first poll starts nothing; a change starts one execution, whose file is whole', async () => {
	await publish(editor, 'changed');
	await polls(2);
	expect(await executionsOf(editor, 'changed')).toEqual([]);
	await expectCopied('changed', change());
});

test('a change while n8n is down starts one execution when it is back', async () => {
	await publish(editor, 'restarted');
	await n8n.close();
	const rows = change();
	await start();
	await expectCopied('restarted', rows);
});

test('a change while the workflow is not published starts one execution when it is again', async () => {
	await publish(editor, 'unpublished');
	await unpublish(editor, 'unpublished');
	const rows = change();
	await publish(editor, 'unpublished');
	await expectCopied('unpublished', rows);
});

test('polls that Domo refuses are failed executions that say so, and lose no change', async () => {
	await publish(editor, 'failing');
	sandbox.domo.fault('list', 'maintenance');
	const rows = change();
	const failed = async () => (await executionsOf(editor, 'failing')).filter(({ status }) => status === 'error');
	await until(async () => (await failed()).length > 0);
	const [first] = await failed();
	expect((await ended(editor, first?.id ?? '')).message).toContain('Domo is not available at the moment');
	sandbox.domo.fault('list', 'none');
	await expectCopied('failing', rows);
});

test('Fetch Test Event shows the DataSet that was updated last, and starts nothing else', async () => {
	change();
	const { status, items } = await executed(editor, 'sample', {
		destinationNode: { nodeName: TRIGGER, mode: 'inclusive' },
	});
	expect(status).toBe('success');
	const { name } = WATCHED ?? {};
	expect(items(TRIGGER)).toMatchObject([{ dataSetId: ID, dataSetName: name, events: ['dataUpdated', 'rowsChanged'] }]);
	expect(items(COPY)).toEqual([]);
});

async function start(): Promise<void> {
	n8n = await startN8n(installed);
	editor = await signIn(n8n);
}

/** The example under another name. n8n lets no schedule fire more than once a minute, but takes any number of schedules. */
function pollingOften(id: string): Workflow {
	const example = workflowsIn(resolve(PACKAGE, 'examples')).find((one) => one.id === 'whenDataSetChanges');
	if (!example) throw new Error('There is no such example');
	const seconds = Array.from({ length: 20 }, (_, index) => 3 * index);
	const item = seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
	const nodes = example.nodes.map((node) =>
		node.name === TRIGGER ? { ...node, parameters: { ...node.parameters, pollTimes: { item } } } : node,
	);
	return { ...example, id, name: id, nodes };
}

/** Domo refreshes the DataSet: it has one row more, as many as this resolves to. */
function change(): number {
	rowsNow++;
	sandbox.domo.touch(ID, { rows: rowsNow });
	return rowsNow;
}
let rowsNow = WATCHED?.rows ?? 0;

/** Resolves when Domo was asked for so many more lists. */
async function polls(more: number): Promise<void> {
	const asked = () =>
		sandbox.domo.requests.filter(({ path, query }) => path === '/v1/datasets' && query.offset === '0');
	const before = asked().length;
	await until(async () => asked().length >= before + more);
}

/** One execution worked, then and after more polls, and the file of it holds what Domo has now. */
async function expectCopied(workflow: string, rows: number): Promise<void> {
	const worked = async () => (await executionsOf(editor, workflow)).filter(({ status }) => status === 'success');
	await until(async () => (await worked()).length > 0);
	await polls(2);
	const all = (await executionsOf(editor, workflow)).filter(({ status }) => status !== 'error');
	expect(all).toMatchObject([{ status: 'success', mode: 'trigger' }]);
	const { items } = await ended(editor, all[0]?.id ?? '');
	expect(items(TRIGGER)).toMatchObject([{ dataSetId: ID, rows }]);
	if (!WATCHED) throw new Error('The sandbox has no such DataSet');
	const { bytes, sha256 } = await digest({ ...WATCHED, rows });
	const [receipt] = items(COPY);
	expect(receipt).toMatchObject({ rows, bytes, sha256, verification: 'verified' });
	expect(await readBack(sandbox, spotOf(sandbox, String(receipt?.target)))).toEqual({ bytes, sha256 });
}
