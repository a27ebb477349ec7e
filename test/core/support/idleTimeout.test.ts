import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endedAfterStop, idleTimer, withGraceAfter } from '../../../core/support/idleTimeout';

const silence = () => new Error('silent');
const never = async (): Promise<never> => await new Promise(() => undefined);

test('work in time settles as it does, one after the other', async () => {
	const stop = new AbortController();
	const watch = idleTimer(1000, stop.signal);
	expect(await watch.watch(Promise.resolve(1), silence)).toBe(1);
	expect(await watch.watch(Promise.resolve(2), silence)).toBe(2);
	await expect(watch.watch(Promise.reject(new Error('broken')), silence)).rejects.toThrow('broken');
	watch.end();
	expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

test("silence between two pieces of work is nobody's", async () => {
	const watch = idleTimer(20, new AbortController().signal);
	await watch.watch(Promise.resolve(), silence);
	await sleep(60);
	expect(await watch.watch(Promise.resolve('still here'), silence)).toBe('still here');
	watch.end();
});

test('work that takes too long rejects with what was said for that', async () => {
	const watch = idleTimer(20, new AbortController().signal);
	await expect(watch.watch(never(), silence)).rejects.toThrow('silent');
	watch.end();
});

test('a stop ends the work at once, and the watch with it', async () => {
	const stop = new AbortController();
	const watch = idleTimer(10_000, stop.signal);
	const working = watch.watch(never(), silence);
	stop.abort();
	await expect(working).rejects.toMatchObject({ reason: 'cancelled' });
	await expect(watch.watch(never(), silence)).rejects.toMatchObject({ reason: 'cancelled' });
});

test('what may go on after a stop listens to its signal only as long as it runs, however many run and however they end', async () => {
	const stop = new AbortController();
	const listeners = () => getEventListeners(stop.signal, 'abort').length;
	await withGraceAfter(stop.signal, async (over) => {
		await endedAfterStop(
			stop.signal,
			() => undefined,
			async () => expect(listeners()).toBe(1),
		);
		const broken = endedAfterStop(
			stop.signal,
			() => undefined,
			async () => await Promise.reject(new Error('broken')),
		);
		await expect(broken).rejects.toThrow('broken');
		expect([listeners(), getEventListeners(over, 'abort').length]).toEqual([1, 0]);
	});
	expect(listeners()).toBe(0);
});

test('all that go on after one stop have the same time, also those that begin after it', async () => {
	const stop = new AbortController();
	const seen: AbortSignal[] = [];
	const note = async (over: AbortSignal) => void seen.push(over);
	await withGraceAfter(stop.signal, async (over) => {
		stop.abort();
		await withGraceAfter(stop.signal, note);
		await note(over);
	});
	await withGraceAfter(stop.signal, note);
	expect(new Set(seen).size).toBe(1);
	expect(seen[0]?.aborted).toBe(false);
});
