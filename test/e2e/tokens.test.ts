import { oneRow } from '../../sandbox/domo/dataSets';
import type { Fault } from '../../sandbox/domo/domo';
import { installN8n } from '../../sandbox/n8n/install';
import { executeWorkflow, importInto } from '../../sandbox/n8n/n8n';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { installedFromPack } from './installed';
import { writebackWorkflow } from './workflows';

const { id } = oneRow();
const WORKFLOW = writebackWorkflow(
	'tokensToSftp',
	{ destination: 'sftp', dataSet: { __rl: true, mode: 'id', value: id }, path: 'tokens' },
	{ domoClientApi: 'domoSandbox', sftpWritebackApi: 'sftpSandbox' },
);

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let sandbox: Sandbox;

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, sandbox] = await Promise.all([installedFromPack(), startSandbox()]);
	const { credentials } = sandbox;
	await importInto(installed, credentials, [WORKFLOW]);
	// The first writeback leaves its token with the credential, for all that come later.
	await executeWorkflow(WORKFLOW.id, installed);
});

afterAll(async () => Promise.all([installed?.remove(), sandbox?.close()]));

/** How often a token was fetched while the workflow ran, and how that ended. */
async function run(fault: Fault) {
	sandbox.domo.fault(id, fault, 1);
	const asked = sandbox.domo.requests.length;
	const { code, output } = await executeWorkflow(WORKFLOW.id, installed);
	const tokens = sandbox.domo.requests.slice(asked).filter(({ path }) => path === '/oauth/token').length;
	return { code, tokens, output: code === 0 ? '' : output };
}

test('one token serves many executions', async () => {
	expect(await run('none')).toEqual({ code: 0, tokens: 0, output: '' });
});

test.each([
	['has expired since the last execution', { kind: 'tokenExpired', on: 'metadata' }],
	['expires before the export, which Domo answers with 406', { kind: 'tokenExpired', on: 'export' }],
] as const)('a token that %s is fetched anew, and kept', async (_, fault) => {
	expect(await run(fault)).toEqual({ code: 0, tokens: 1, output: '' });
	expect(await run('none')).toEqual({ code: 0, tokens: 0, output: '' });
});
