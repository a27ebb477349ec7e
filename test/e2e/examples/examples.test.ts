import type { IDataObject, INode } from 'n8n-workflow';
import type { Execution } from '../execution';
import { everythingIn, valueOf, type Workflow, writebacksOf, writebackToolsOf } from '../workflows';
import { expectWritten } from '../written';
import { estate, ESTATE_VARIANTS } from './estate';
import { history } from './history';
import { notify, NOTIFY_VARIANTS } from './notify';
import { OUTCOMES } from './outcomes';
import { secrets } from './secrets';
import { EXAMPLES, openStage, type Stage } from './stage';

let opened: Stage;

/** One n8n for all examples. */
beforeAll(async () => {
	opened = await openStage([...ESTATE_VARIANTS, ...NOTIFY_VARIANTS]);
});

afterAll(async () => opened?.close());

const stage = () => opened;
const typed = ({ nodes }: Workflow, type: string) => nodes.filter((node) => node.type === `n8n-nodes-base.${type}`);
const calledBy = (workflow: Workflow) => typed(workflow, 'executeWorkflow').map((node) => valueOf(node, 'workflowId'));
const TRIED = EXAMPLES.filter((workflow) => typed(workflow, 'manualTrigger').length > 0);

test('every example can be tried by hand or is called by one that can, and its outcome is known', () => {
	const called = TRIED.flatMap(calledBy);
	expect(EXAMPLES.filter(({ id }) => !called.includes(id)).map(({ id }) => id)).toEqual(TRIED.map(({ id }) => id));
	expect(TRIED.map(({ id }) => id).sort()).toEqual(Object.keys(OUTCOMES).sort());
});

test.each(TRIED.map((example) => [example.name, example] as const))(
	'%s: every file is there and whole, what fails leaves by the error output, and nothing else is left behind',
	async (_, example) => {
		const { receipts, failed = 0, arrange, also } = OUTCOMES[example.id] ?? { receipts: 0 };
		const { sandbox, served, run } = opened;
		arrange?.(opened);
		const before = await everythingIn(sandbox);
		const execution = await run(example.id, typed(example, 'manualTrigger')[0]?.name);
		expect([execution.status, execution.message]).toEqual(['success', '']);
		const told = receiptsOf(example, execution);
		expect(told).toHaveLength(receipts);
		const written: string[] = [];
		for (const [node, receipt] of told)
			written.push(...(await expectWritten(sandbox, node, receipt, await served(receipt.dataSetId))));
		expect(await everythingIn(sandbox)).toEqual([...new Set([...before, ...written])].sort());
		const failures = writebacksOf(example).flatMap(({ name }) => execution.items(name, 1));
		expect(failures).toHaveLength(failed);
		for (const failure of failures)
			expect(failure).toMatchObject({ error: expect.any(String), details: { hint: /./ } });
		await also?.(execution, opened);
	},
);

describe('the estate', () => estate(stage));
describe('telling somebody', () => notify(stage));
describe('the history', () => history(stage));
describe('secrets', () => secrets(stage));

/** Each receipt with the node that wrote it, which may be a tool, or in a workflow that was called. */
function receiptsOf(example: Workflow, { items }: Execution): Array<readonly [INode, IDataObject]> {
	const own = [...writebacksOf(example), ...writebackToolsOf(example)].map((node) => [node, node.name] as const);
	const called = typed(example, 'executeWorkflow').flatMap((caller) =>
		EXAMPLES.filter(({ id }) => id === valueOf(caller, 'workflowId'))
			.flatMap(writebacksOf)
			.map((node) => [node, caller.name] as const),
	);
	return [...own, ...called].flatMap(([node, name]) => items(name).map((receipt) => [node, receipt] as const));
}
