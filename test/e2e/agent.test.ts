import type { INode } from 'n8n-workflow';
import { oneRow } from '../../sandbox/domo/dataSets';
import { installN8n } from '../../sandbox/n8n/install';
import { executeWorkflow, importInto } from '../../sandbox/n8n/n8n';
import { type LanguageModel, startLanguageModel } from '../../sandbox/languageModel';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox';
import { installedFromPack } from './installed';
import { everythingIn, NODE_TYPE, type Workflow } from './workflows';

const ABSENT = '11111111-2222-4333-a444-555555555555';
const DATA_SET = oneRow();

/** The agent that runs its tools by itself and tells its model nothing of one that fails, and the one that leaves that to n8n's engine. */
const AGENTS = [2.2, 3.1];

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let sandbox: Sandbox;
const models = new Map<number, LanguageModel>();

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, sandbox] = await Promise.all([installedFromPack(), startSandbox()]);
	for (const version of AGENTS) {
		const calls = [
			{ Input_DataSet_ID: ABSENT, Filename: 'never' },
			{ Input_DataSet_ID: DATA_SET.id, Filename: `by ${version}.csv` },
		];
		const model = await startLanguageModel(calls.map((wish) => () => ({ tool: 'Domo_Writeback', arguments: wish })));
		models.set(version, model);
	}
	const keys = [...models].map(([version, { url }]) => {
		const data = { apiKey: 'none', url, header: false };
		return { id: `model${version}`, name: `Model ${version}`, type: 'openAiApi', data };
	});
	await importInto(installed, [...sandbox.credentials, ...keys], AGENTS.map(agentWorkflow));
});

afterAll(async () => {
	for (const model of models.values()) await model.close();
	await Promise.all([installed?.remove(), sandbox?.close()]);
});

test.each(AGENTS)(
	'a model of AI Agent %d finds out what went wrong, does better, and the file is there',
	async (version) => {
		const { code, output } = await executeWorkflow(`agent${version}`, installed);
		expect(code === 0 ? '' : output).toBe('');
		const { offered = [], heard = [] } = models.get(version) ?? {};
		expect(offered).toMatchObject([
			{
				name: 'Domo_Writeback',
				description: expect.stringMatching(/^Copy a Domo DataSet as a file to/),
				parameters: { properties: { Input_DataSet_ID: {}, Filename: {} } },
			},
		]);
		expect(heard).toHaveLength(2);
		expect(heard[0]).toMatch(`DataSet ${ABSENT} does not exist in Domo`);
		expect(heard[0]).toMatch('datasources/');
		expect(heard[1]).toMatch(/verification[^]{1,10}verified/);
		expect(await everythingIn(sandbox)).toContain(`sftp agent/by ${version}.csv`);
	},
);

/** Start → AI Agent, with a model and the writeback node as its tool. */
function agentWorkflow(version: number): Workflow {
	const fromAi = (key: string) => `={{ $fromAI('${key}', \`\`, 'string') }}`;
	const node = (name: string, type: string, typeVersion: number, more: Partial<INode> = {}): INode => {
		return { id: name, name, type, typeVersion, position: [0, 0], parameters: {}, ...more };
	};
	const named = (id: string) => ({ id, name: id });
	const toAgent = (type: 'main' | 'ai_tool' | 'ai_languageModel') => ({
		[type]: [[{ node: 'Agent', type, index: 0 }]],
	});
	return {
		id: `agent${version}`,
		name: `Agent ${version}`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', version, {
				parameters: { promptType: 'define', text: 'Copy it.', options: { enableStreaming: false } },
			}),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				parameters: { model: { __rl: true, mode: 'id', value: 'sandbox' } },
				credentials: { openAiApi: named(`model${version}`) },
			}),
			node('Domo Writeback', `${NODE_TYPE}Tool`, 1, {
				...(version === 2.2 && { onError: 'continueRegularOutput' as const }),
				parameters: {
					destination: 'sftp',
					path: 'agent',
					dataSet: { __rl: true, mode: 'id', value: fromAi('Input_DataSet_ID') },
					selectFilename: 'filename',
					filename: fromAi('Filename'),
				},
				credentials: { domoClientApi: named('domoSandbox'), sftpWritebackApi: named('sftpSandbox') },
			}),
		],
		connections: {
			Start: toAgent('main'),
			Model: toAgent('ai_languageModel'),
			'Domo Writeback': toAgent('ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}
