import { installN8n } from '../../sandbox/n8n/install';
import { executeWorkflow, importInto, startN8n } from '../../sandbox/n8n/n8n';
import { allCases } from '../messages/cases/all';
import { domoNodeCases } from '../messages/cases/domo';
import { listCases } from '../messages/cases/lists';
import { triggerCases } from '../messages/cases/trigger';
import { domoInEngine } from '../messages/inEngine';
import { caseName, credentialTests, listInN8n, triggerFor, triggerInN8n, writebacksFor } from '../messages/inN8n';
import { openLedger } from '../messages/ledger';
import { POLICY } from '../messages/policy';
import { readMessages } from '../messages/reading/entries';
import { openStage, type Stage } from '../messages/stage/stage';
import { stoppedAt } from '../messages/stops';
import { UNITS } from '../messages/units';
import { signIn } from './editor';
import { installedFromPack } from './installed';

const messages = readMessages();
const ledger = openLedger(messages);

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let stage: Stage;

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, stage] = await Promise.all([installedFromPack(), openStage()]);
	const imported = [
		writebacksFor(stage, allCases(stage)),
		...triggerCases(stage).map((one, at) => triggerFor(stage, one, at)),
	];
	const listed = listCases(stage).flatMap(({ says, credential }) =>
		credential ? [{ id: 'list', name: says, ...credential }] : [],
	);
	await importInto(
		installed,
		[...imported.flatMap(({ credentials }) => credentials), ...listed],
		imported.map(({ workflow }) => workflow),
	);
});

afterAll(async () => void (await Promise.all([installed?.remove(), stage?.close()])));

test('what writebacks show in n8n is listed: the message, and what to do', async () => {
	const { output, items } = await executeWorkflow('messages', { ...installed, env: POLICY });
	for (const [at, { says }] of allCases(stage).entries()) {
		const [shown] = items(caseName(at));
		if (shown === undefined) throw new Error(`Nothing came out of ${caseName(at)}, ${says}:\n${output.slice(-2000)}`);
		const { error, details } = shown as { error: string; details: { reason: string; hint: string } };
		ledger.note({ reason: details?.reason, message: error, hint: details?.hint }, says);
	}
});

test('what lists, the trigger and tests of credentials show in n8n is listed', async () => {
	const n8n = await startN8n({ ...installed, env: POLICY });
	try {
		const editor = await signIn(n8n);
		for (const one of listCases(stage)) ledger.note(await listInN8n(editor, one, one.credential && 'list'), one.says);
		for (const [at, one] of triggerCases(stage).entries())
			ledger.note(await triggerInN8n(editor, triggerFor(stage, one, at)), one.says);
		for (const { says, credentials } of credentialTests(stage, allCases(stage))) {
			const { message } = await editor.post('/rest/credentials/test', { credentials });
			ledger.noteText(message, says);
		}
	} finally {
		await n8n.close();
	}
});

test("what n8n's command line did not show is shown by its engine, by a unit of the code, or by the fault matrix", async () => {
	console.log(`${ledger.count()} of ${messages.entries.length} messages were shown in n8n itself`);
	for (const request of ['WRITE', 'POSIX-RENAME'] as const) ledger.note(await stoppedAt(stage, request));
	for (const one of domoNodeCases(stage)) ledger.note(await domoInEngine(stage, one), one.says);
	for (const [, provoke] of UNITS) await ledger.noteUnit(provoke);
	ledger.noteMatrix();
	expect(ledger.missing()).toEqual([]);
});
