import type { IDataObject } from 'n8n-workflow';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { Domo } from '../../../nodes/Domo/Domo.node';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { openEngine } from '../../../sandbox/engine/engine';
import { Agent, AGENT_TYPE, agentWorkflow } from '../DomoWriteback/agent';
import { type Bench, NODE_TYPE, startBench } from './domoNode';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(dataSets.catalogue(6));
});
afterAll(async () => await bench?.close());

/** What a model hears that calls the tool so. */
async function heard(parameters: IDataObject, call: IDataObject): Promise<string> {
	const { url: apiHost, clientId, clientSecret } = bench.domo;
	const engine = openEngine(
		{ nodeTypes: { [NODE_TYPE]: Domo, [AGENT_TYPE]: Agent }, credentialTypes: [DomoClientApi] },
		{ domoClientApi: { apiHost, clientId, clientSecret, accessToken: '' } },
	);
	const workflow = agentWorkflow({ resource: 'dataSet', ...parameters }, [call], NODE_TYPE);
	const { error, outputs } = await engine.runWorkflow({ workflow });
	if (error) throw error;
	const [answer] = Object(outputs.Agent?.[0]?.[0]?.json).heard;
	return String(answer);
}

const LISTING = { operation: 'getMany', filters: { nameContains: "={{ $fromAI('name', ``, 'string') }}" } };

test('a model finds a DataSet by a part of its name', async () => {
	const found: ReadonlyArray<{ dataSetName: string }> = JSON.parse(await heard(LISTING, { name: 'REGION 005' }));
	expect(found.map(({ dataSetName }) => dataSetName)).toEqual(['Sales, region 005']);
});

test('a model whose query is refused is told why and what to do', async () => {
	const [one] = dataSets.catalogue(6).slice(-1);
	const parameters = {
		operation: 'query',
		dataSet: { __rl: true, mode: 'id', value: one?.id ?? '' },
		sql: "={{ $fromAI('sql', ``, 'string') }}",
	};
	expect(await heard(parameters, { sql: 'DELETE FROM table' })).toMatch(/^Error: SQL: Domo does not run.*backticks/);
	expect(JSON.parse(await heard(parameters, { sql: 'SELECT id FROM table LIMIT 1' }))).toEqual([{ id: 1 }]);
});
