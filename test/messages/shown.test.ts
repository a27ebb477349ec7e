/** @jest-environment-options {"ownN8n": true} */
import { allCases } from './cases/all';
import { domoNodeCases } from './cases/domo';
import { listCases } from './cases/lists';
import { triggerCases } from './cases/trigger';
import { domoInEngine, listInEngine, triggerInEngine, writebackInEngine } from './inEngine';
import { openLedger } from './ledger';
import { toldInMatrix } from './matrix';
import { POLICY } from './policy';
import { readMessages } from './reading/entries';
import { openStage, type Stage } from './stage/stage';
import { stoppedAt } from './stops';
import { UNITS } from './units';
import { mapConcurrently } from '../../core/support/mapConcurrently';

/** n8n bounds the time of its own regular expressions by the clock, which runs out when more go on at once. */
const AT_ONCE = 2;

const ledger = openLedger(readMessages());

let stage: Stage;
beforeAll(async () => {
	// n8n reads them once, when something first asks.
	Object.assign(process.env, POLICY);
	stage = await openStage();
}, 120_000);
afterAll(async () => {
	for (const name of Object.keys(POLICY)) delete process.env[name];
	await stage?.close();
});

test("what a writeback shows in n8n's engine is listed", async () => {
	const cases = allCases(stage);
	const shown = await mapConcurrently(cases.length, AT_ONCE, async (at) => {
		const one = cases[at];
		return one === undefined ? [] : [{ ...one, shown: await writebackInEngine(stage, one) }];
	});
	for (const one of shown.flat()) ledger.note(one.shown, one.says);
}, 180_000);

test('what the lists of the editor show is listed', async () => {
	for (const one of listCases(stage)) ledger.note(await listInEngine(stage, one), one.says);
});

test('what the trigger shows is listed', async () => {
	for (const one of triggerCases(stage)) ledger.note(await triggerInEngine(stage, one), one.says);
});

test('what the node Domo shows is listed', async () => {
	for (const one of domoNodeCases(stage)) ledger.note(await domoInEngine(stage, one), one.says);
});

test.each([
	['WRITE', 'The target is unchanged'],
	['POSIX-RENAME', 'The target may already hold'],
] as const)('a writeback that is stopped during a %s says what is listed: %s', async (request, hint) => {
	const shown = await stoppedAt(stage, request);
	expect(shown.hint).toContain(hint);
	ledger.note(shown);
});

test.each(UNITS)('%s is told as listed', async (_, provoke) => await ledger.noteUnit(provoke));

test('what the fault matrix shows is listed', () => {
	expect(toldInMatrix().length).toBeGreaterThan(30);
	ledger.noteMatrix();
});

test('every message of docs/messages.md was shown by one of these tests', () => {
	expect(ledger.missing()).toEqual([]);
});
