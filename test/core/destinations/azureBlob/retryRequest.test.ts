import { RestError } from '@azure/storage-blob';
import { getEventListeners } from 'node:events';
import { retryRequest } from '../../../../core/destinations/azureBlob/retryRequest';

const IDLE_MS = 20;

/** A request that is answered never, and rejects when it is told to end. */
const unanswered = async (signal: AbortSignal): Promise<never> =>
	await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

test.each([
	['was answered', async () => 'here'],
	['was refused', async () => await Promise.reject(new RestError('No', { statusCode: 403 }))],
	['was silent', unanswered],
])('a request that %s leaves nothing that waits for a stop', async (_, request) => {
	const stop = new AbortController();
	const heard: AbortSignal[] = [];
	const sent = retryRequest({ signal: stop.signal, idleMs: IDLE_MS }, async (signal) => {
		heard.push(signal);
		return await request(signal);
	});
	await sent.catch(() => undefined);
	expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	stop.abort();
	expect(heard.map(({ aborted }) => aborted)).toEqual(heard.map(() => request === unanswered));
});

test('silence ends each try by both of its signals, and then the request as such', async () => {
	const ended: boolean[][] = [];
	const sent = retryRequest({ signal: new AbortController().signal, idleMs: IDLE_MS }, async (signal, silence) => {
		await unanswered(signal).catch(() => ended.push([signal.aborted, silence.aborted]));
		throw new Error('aborted');
	});
	await expect(sent).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	expect(ended).toEqual([
		[true, true],
		[true, true],
	]);
});

test('a stop ends a request by its first signal alone', async () => {
	const stop = new AbortController();
	const silences: boolean[] = [];
	const sent = retryRequest({ signal: stop.signal, idleMs: 60_000 }, async (signal, silence) => {
		stop.abort();
		silences.push(signal.aborted, silence.aborted);
		throw new Error('aborted');
	});
	await expect(sent).rejects.toMatchObject({ reason: 'cancelled' });
	expect(silences).toEqual([true, false]);
});

/** What a line of 64 KiB a second carries in 50 ms. */
const BYTES = 3_277;

/** A request that is answered after so long, unless its signal ends it first. */
const answeredAfter = (ms: number) => async (signal: AbortSignal) =>
	await new Promise<'answered'>((resolve, reject) => {
		const timer = setTimeout(() => resolve('answered'), ms);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			reject(new Error('aborted'));
		});
	});

test('blocks that share a slow line have the time that all of them need together', async () => {
	const retry = { signal: new AbortController().signal, idleMs: IDLE_MS };
	const sent = Array.from({ length: 5 }, async () => await retryRequest(retry, answeredAfter(200), BYTES));
	expect(await Promise.all(sent)).toEqual(Array(5).fill('answered'));
});

test('a block that is sent alone has no more time than it needs, also after others', async () => {
	let tries = 0;
	const slow = async (signal: AbortSignal) => {
		tries += 1;
		return await answeredAfter(200)(signal);
	};
	const retry = { signal: new AbortController().signal, idleMs: IDLE_MS };
	await expect(retryRequest(retry, slow, BYTES)).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	expect(tries).toBe(2);
});

test('a block that hangs has no time of others that were answered long before', async () => {
	let endedAfter = Infinity;
	const startedAt = performance.now();
	const hanging = async (signal: AbortSignal) =>
		await unanswered(signal).finally(() => (endedAfter = Math.min(endedAfter, performance.now() - startedAt)));
	const retry = { signal: new AbortController().signal, idleMs: IDLE_MS };
	const others = Array.from({ length: 40 }, async () => await retryRequest(retry, answeredAfter(1), BYTES));
	const hung = expect(retryRequest(retry, hanging, BYTES)).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	expect(await Promise.all(others)).toHaveLength(40);
	await hung;
	// The time of all of them would be two seconds.
	expect(endedAfter).toBeLessThan(1_000);
});
