import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../../credentials/SftpWritebackApi.credentials';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { SandboxDataSet } from '../../../sandbox/domo/domo';
import { openEngine } from '../../../sandbox/engine/engine';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox';
import { NODE_NAME, NODE_TYPE } from './workflow';
import { Agent, AGENT_TYPE, agentWorkflow } from './agent';

const [SALES, COSTS] = dataSets.catalogue(2) as [SandboxDataSet, SandboxDataSet];
const ABSENT = '11111111-2222-4333-a444-555555555555';

/** What the editor writes into a field that the model is to fill. */
const fromAi = (key: string, description = '') => `={{ $fromAI('${key}', \`${description}\`, 'string') }}`;

const ASKING = {
	destination: 'sftp',
	path: 'agent',
	dataSet: { __rl: true, mode: 'id', value: fromAi('Input_DataSet_ID', 'ID of the DataSet') },
	selectFilename: 'filename',
	filename: fromAi('Filename'),
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox([SALES, COSTS]);
}, 120_000);
afterAll(async () => await sandbox?.close());

/** An agent whose model calls the tool so. */
async function agent(parameters: IDataObject, ...calls: IDataObject[]) {
	const engine = openEngine(
		{
			nodeTypes: { [NODE_TYPE]: DomoWriteback, [AGENT_TYPE]: Agent },
			credentialTypes: [DomoClientApi, SftpWritebackApi, AzureBlobSasApi],
		},
		Object.fromEntries(sandbox.credentials.map(({ type, data }) => [type, data])),
	);
	const run = await engine.runWorkflow({ workflow: agentWorkflow(parameters, calls) });
	if (run.error) throw run.error;
	const [{ json } = { json: {} }] = run.outputs.Agent?.[0] ?? [];
	return { ...(json as { name: string; description: string; asked: IDataObject; heard: string[] }), run };
}

const stored = async (name: string) => await readFile(join(sandbox.sftp.root, 'agent', name), 'utf8');

test('the model is told what the tool does, and is asked for what the user left to it', async () => {
	const { name, description, asked } = await agent(ASKING, { Input_DataSet_ID: SALES.id, Filename: 'told' });
	expect(name).toBe('Domo_Writeback');
	expect(description).toMatch(/^Copy a Domo DataSet as a file to SFTP or Azure Blob Storage/);
	expect(asked).toEqual({ Input_DataSet_ID: 'ID of the DataSet', Filename: '' });
});

test('a call writes the file that the model wished for, and answers with the receipt', async () => {
	const { heard } = await agent(ASKING, { Input_DataSet_ID: SALES.id, Filename: 'wished' });
	const [receipt] = JSON.parse(heard[0] ?? '');
	expect(receipt).toMatchObject({ dataSetId: SALES.id, fileName: 'wished.csv', verification: 'verified' });
	expect(Buffer.byteLength(await stored('wished.csv'))).toBe(receipt.bytes);
});

test('calls at the same time write a file each', async () => {
	const { heard } = await agent(
		ASKING,
		{ Input_DataSet_ID: SALES.id, Filename: 'one' },
		{ Input_DataSet_ID: COSTS.id, Filename: 'two' },
	);
	expect(heard.flatMap((text) => JSON.parse(text)).map(({ fileName }) => fileName)).toEqual(['one.csv', 'two.csv']);
});

test('a call that cannot work tells the model what happened and what to do', async () => {
	const { heard } = await agent(ASKING, { Input_DataSet_ID: ABSENT, Filename: 'never' });
	expect(heard).toEqual([expect.stringMatching(`^Error: DataSet ${ABSENT} does not exist in Domo.*datasources/`)]);
});

test('a model that makes up an ID is told how one looks', async () => {
	const { heard } = await agent(ASKING, { Input_DataSet_ID: 'sales', Filename: 'never' });
	expect(heard).toEqual([expect.stringMatching(/^Error: Input DataSet ID: .*845305d8-/)]);
});

test("the tool's run has the same hints and is found by the same DataSets", async () => {
	sandbox.domo.fault(SALES.id, { kind: 'pdp', hiddenRows: 0 });
	try {
		const { run } = await agent(ASKING, { Input_DataSet_ID: SALES.id, Filename: 'hints' });
		expect(run.hints[NODE_NAME]).toMatchObject([{ message: expect.stringMatching(/^PDP is on/) }]);
		expect(run.customData).toEqual({ dataSetId: SALES.id });
	} finally {
		sandbox.domo.fault(SALES.id, 'none');
	}
});
