import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { type FairSemaphore, createFairSemaphore, type Grant } from '../../../core/support/fairSemaphore';
import { RUNS } from '../runs';

const CAPACITY = 128;
const GUARANTEED = 4;
const { signal } = new AbortController();

const open = (): FairSemaphore => createFairSemaphore({ capacity: CAPACITY, guaranteed: GUARANTEED });

/** All that an execution gets at once, which gives nothing back. */
function hoard(budget: FairSemaphore, each = 8): Grant[] {
	const [account, grants] = [budget.account({}), [] as Grant[]];
	for (;;) {
		const grant = account.tryTake(each);
		if (grant === undefined) return grants;
		grants.push(grant);
	}
}

const amountOf = (grants: readonly Grant[]) => grants.reduce((sum, { amount }) => sum + amount, 0);

test('an execution that is alone gets three quarters', () => {
	expect(amountOf(hoard(open()))).toBe(96);
});

test('each execution that gives nothing back leaves as much to the next ones as it takes', () => {
	const budget = open();
	expect([hoard(budget), hoard(budget), hoard(budget), hoard(budget)].map(amountOf)).toEqual([96, 16, 8, 0]);
});

test('what is guaranteed never waits, however many executions give nothing back', () => {
	const budget = open();
	for (let executions = 0; executions < 20; executions++) hoard(budget, 1);
	const account = budget.account({});
	expect([account.tryTake(3)?.amount, account.tryTake(1)?.amount, account.tryTake(1)]).toEqual([3, 1, undefined]);
});

test('an upload that may do with less gets less in a moment, and all of it once there is room', async () => {
	const budget = open();
	const hoarded = hoard(budget, 1);
	for (let executions = 0; executions < 8; executions++) hoard(budget, 1);
	const account = budget.account({});
	const startedAt = performance.now();
	const scarce = await account.take(64, signal, GUARANTEED);
	expect(scarce.amount).toBe(GUARANTEED);
	scarce.giveBack();
	const known = await account.take(64, signal, GUARANTEED);
	expect(performance.now() - startedAt).toBeLessThan(1000);
	known.giveBack();
	for (const { giveBack } of hoarded) giveBack();
	expect((await account.take(32, signal, GUARANTEED)).amount).toBe(32);
});

test('of two executions that want all they can get, each gets about half, whoever came first', async () => {
	const budget = open();
	const counts = [0, 0];
	const stop = new AbortController();
	const greedy = async (which: number, uploads: number) => {
		const owner = {};
		const upload = async () => {
			const account = budget.account(owner);
			while (!stop.signal.aborted) {
				const grant = await account.take(8, stop.signal);
				counts[which] = (counts[which] ?? 0) + 1;
				setTimeout(grant.giveBack, 1);
			}
		};
		await Promise.allSettled(Array.from({ length: uploads }, upload));
	};
	const running = [greedy(0, 16), greedy(1, 2)];
	setTimeout(() => stop.abort(), 300);
	await Promise.all(running);
	const [first = 0, second = 0] = counts;
	expect(second / first).toBeGreaterThan(0.6);
	expect(second / first).toBeLessThan(1.6);
});

test('a stop ends the wait, and nothing stays taken or listened to', async () => {
	const budget = open();
	const hoarded = hoard(budget);
	const stop = new AbortController();
	const reason = new Error('enough');
	const waiting = budget.account({}).take(100, stop.signal);
	setTimeout(() => stop.abort(reason), 5);
	await expect(waiting).rejects.toBe(reason);
	expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	for (const { giveBack } of hoarded) giveBack();
	expect(amountOf(hoard(budget))).toBe(96);
});

const OWNERS = 3;
const UPLOADS = 3;
const step = fc.record({
	kind: fc.constantFrom('take', 'take', 'give', 'stop'),
	owner: fc.nat(OWNERS - 1),
	upload: fc.nat(UPLOADS - 1),
	wanted: fc.integer({ min: 1, max: CAPACITY }),
	isModest: fc.boolean(),
	pick: fc.nat(),
});

test('whatever is taken, given back and stopped: there is never more than the whole, nothing is lost, and nobody waits for ever', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
			const budget = open();
			const accounts = Array.from({ length: OWNERS }, () => {
				const owner = {};
				return Array.from({ length: UPLOADS }, () => budget.account(owner));
			});
			const held: Grant[] = [];
			const waiting = new Map<AbortController, Promise<void>>();
			for (const { kind, owner, upload, wanted, isModest, pick } of steps) {
				if (kind === 'take') {
					const stop = new AbortController();
					const least = isModest ? Math.min(wanted, GUARANTEED) : wanted;
					const taking = accounts[owner]?.[upload]?.take(wanted, stop.signal, least) ?? Promise.reject(new Error());
					const kept = taking.then(
						(grant) => void held.push(grant),
						() => undefined,
					);
					waiting.set(
						stop,
						kept.finally(() => waiting.delete(stop)),
					);
				}
				if (kind === 'give') held.splice(pick % Math.max(1, held.length), 1)[0]?.giveBack();
				if (kind === 'stop') [...waiting.keys()][pick % Math.max(1, waiting.size)]?.abort();
				await turn();
				expect(amountOf(held)).toBeLessThanOrEqual(CAPACITY + OWNERS * UPLOADS * GUARANTEED);
			}
			for (let rounds = 0; waiting.size > 0 || held.length > 0; rounds++) {
				expect(rounds).toBeLessThan(200);
				held.shift()?.giveBack();
				await turn();
			}
			expect(amountOf(hoard(budget))).toBe(96);
		}),
		{ numRuns: RUNS.numRuns / 20 },
	);
});
