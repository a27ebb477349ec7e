import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { idleTimer } from '../../../core/support/idleTimeout';

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
