import { type Attributes, CommitOutcomeUnknown, type Destination } from '../../../core/destinations/destination';
import type { DomoRequest } from '../../../core/domo/request';
import { withoutUnchanged, WritebackError } from '../../../core/support/errors';
import { writeback } from '../../../core/transfer/writeback';
import { domoOf, memoryDestination, requestOf } from './scene';

const DAMAGED = new CommitOutcomeUnknown('incomplete', 'The blob in Azure differs from what was sent', {
	hint: 'The target holds the damaged blob. Try again to replace it.',
});
const UNREACHABLE = new WritebackError('destinationInterrupted', 'Azure cannot be reached', {
	hint: "The target is unchanged. Check 'Account Name'.",
	retryable: false,
});
const EARLIER = `An earlier try ended while it published: ${DAMAGED.message}. ${DAMAGED.hint}`;

/** Runs a writeback whose publications fail with these faults, one after the other. */
async function failing(
	faults: readonly WritebackError[],
	{ domo = domoOf(1), stop = new AbortController(), onRetry = () => undefined as void } = {},
): Promise<unknown> {
	const left = [...faults];
	const destination = memoryDestination(() => {
		const fault = left.shift();
		if (fault !== undefined) throw fault;
	});
	const context = { domo, destination, signal: stop.signal, onRetry };
	return await writeback(requestOf({}), context).catch((fault: unknown) => fault);
}

test('a target that an earlier try damaged is not called unchanged, and the last error says what that try left', async () => {
	expect(await failing([DAMAGED, UNREACHABLE])).toMatchObject({
		message: 'Azure cannot be reached',
		hint: `Check 'Account Name'. ${EARLIER}`,
	});
});

test('the same where Domo fails meanwhile', async () => {
	let asked = 0;
	const sound = domoOf(1);
	const domo: DomoRequest = async (query) => {
		asked += 1;
		return asked > 2 ? { ...(await sound(query)), status: 403 } : await sound(query);
	};
	expect(await failing([DAMAGED], { domo })).toMatchObject({
		reason: expect.stringMatching(/^d(omo|ataSet)/),
		hint: expect.stringMatching(new RegExp(`${EARLIER.replace(/[.]/g, '\\.')}$`)),
	});
});

test('without an earlier try the target is unchanged', async () => {
	expect(await failing([UNREACHABLE])).toMatchObject({ hint: "The target is unchanged. Check 'Account Name'." });
});

test('of several tries that published, the last one says what is there', async () => {
	expect(await failing([DAMAGED, DAMAGED, DAMAGED])).toBe(DAMAGED);
});

test.each([
	['that damaged the target', [DAMAGED], DAMAGED.hint],
	['after one that damaged it', [DAMAGED, new WritebackError('incomplete', 'Lost', { hint: 'Again.' })], EARLIER],
	[
		'that left it as it was',
		[new WritebackError('incomplete', 'Lost', { hint: 'Again.' })],
		'The target is unchanged.',
	],
])('a stop while the node waits after a try %s says what the target holds', async (_, faults, hint) => {
	const stop = new AbortController();
	let tries = 0;
	const onRetry = () => {
		tries += 1;
		if (tries === faults.length) stop.abort();
	};
	expect(await failing(faults, { stop, onRetry })).toMatchObject({ reason: 'cancelled', hint });
});

test.each([
	['The target is unchanged. Try again.', 'Try again.'],
	['Check this. The target is unchanged.', 'Check this.'],
	['The target is unchanged; try again.', 'Try again.'],
	['It was not yet published, so the target is unchanged. Try again.', 'It was not yet published. Try again.'],
	['The target is unchanged.', 'Try again.'],
])('%s without its promise reads: %s', (hint, rest) => {
	expect(withoutUnchanged(hint)).toBe(rest);
});

const LOST = new CommitOutcomeUnknown('destinationInterrupted', 'The connection was lost', { hint: 'Try again.' });

test('what a try left that ended while it published does not count as current, whatever it says: the next try writes it again', async () => {
	const marks = new Map<string, Attributes>();
	let commits = 0;
	const store = memoryDestination(({ fileName, attributes }) => {
		marks.set(fileName, attributes);
		commits += 1;
		if (commits > 1) return;
		store.files.set(fileName, 'damaged');
		throw LOST;
	});
	const destination: Destination = { ...store, stat: async ({ fileName }) => marks.get(fileName) };
	const run = async () => {
		const context = { domo: domoOf(1), destination, signal: new AbortController().signal };
		return await writeback(requestOf({ onlyIfChanged: true }), context);
	};
	expect(await run()).toMatchObject({ tries: 2, rows: 1 });
	expect([...store.files]).toEqual([['sales.csv', 'a\nr0\n']]);
	expect(await run()).toMatchObject({ skipped: 'unchanged' });
	expect(commits).toBe(2);
}, 10_000);
