import { getEventListeners } from 'node:events';
import { firstError, raceAbort } from '../../../core/support/abort';
import { wait } from '../../../core/support/retry';

const never = async (): Promise<never> => await new Promise(() => undefined);
/** A promise that a test settles by hand. */
function pending() {
	let resolve: (value: string) => void = () => undefined;
	let reject: (fault: Error) => void = () => undefined;
	const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
	return { promise, resolve, reject };
}
const listeners = ({ signal }: AbortController) => getEventListeners(signal, 'abort').length;

test('work that ends before a stop settles as it does', async () => {
	const stop = new AbortController();
	expect(await raceAbort(Promise.resolve('done'), stop.signal)).toBe('done');
	expect(listeners(stop)).toBe(0);
});

test('work that fails before a stop rejects with its own fault', async () => {
	const [stop, broken] = [new AbortController(), new Error('broken')];
	await expect(raceAbort(Promise.reject(broken), stop.signal)).rejects.toBe(broken);
	expect(listeners(stop)).toBe(0);
});

test('work that never ends is left as soon as the user stops', async () => {
	const stop = new AbortController();
	const working = raceAbort(never(), stop.signal);
	stop.abort();
	await expect(working).rejects.toMatchObject({ reason: 'cancelled' });
	expect(listeners(stop)).toBe(0);
});

test('work begun after a stop is left at once', async () => {
	await expect(raceAbort(never(), AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
});

test('what arrives after a stop is handed on to be put away', async () => {
	const stop = new AbortController();
	const { promise, resolve } = pending();
	const late: string[] = [];
	const working = raceAbort(promise, stop.signal, (value) => late.push(value));
	stop.abort();
	await expect(working).rejects.toMatchObject({ reason: 'cancelled' });
	resolve('too late');
	await promise;
	expect(late).toEqual(['too late']);
});

test('work that fails after a stop harms nobody', async () => {
	const stop = new AbortController();
	const { promise, reject } = pending();
	const working = raceAbort(promise, stop.signal);
	stop.abort();
	await expect(working).rejects.toMatchObject({ reason: 'cancelled' });
	reject(new Error('too late'));
	await new Promise(setImmediate);
});

test.each([0, 60_000])('a wait of %i ms ends when the user stops', async (ms) => {
	const stop = new AbortController();
	const waiting = wait(ms, stop.signal);
	stop.abort();
	await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' });
	expect(listeners(stop)).toBe(0);
});

test('a wait that nobody stops ends by itself', async () => {
	const stop = new AbortController();
	await wait(1, stop.signal);
	expect(listeners(stop)).toBe(0);
});

test('of several faults the first one is the reason', () => {
	const { signal, fail } = firstError(new AbortController().signal);
	fail('first');
	fail('second');
	expect(signal.reason).toBe('first');
});

test.each([
	['before', AbortSignal.abort()],
	['later', AbortSignal.timeout(5)],
])("a stop that came %s is a reason like any other fault's", async (_, stopped) => {
	const { signal } = firstError(stopped);
	if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
	expect(signal.reason).toMatchObject({ reason: 'cancelled' });
});

test("once forgotten, the user's signal is no longer listened to", () => {
	const stop = new AbortController();
	const { signal, stopListening } = firstError(stop.signal);
	stopListening();
	stop.abort();
	expect(signal.aborted).toBe(false);
	expect(listeners(stop)).toBe(0);
});
