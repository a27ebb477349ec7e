import { Readable } from 'node:stream';
import { rateLimited } from '../../../core/domo/rateLimit';
import type { DomoAnswer, DomoQuery } from '../../../core/domo/request';

const QUERY: DomoQuery = { path: '/v1/datasets', query: {}, accept: 'application/json' };
const answered = (status: number, headers = {}): DomoAnswer => ({ status, headers, body: Readable.from([]) });

test('many who are told to wait again and again keep nobody else waiting for more than two pauses', async () => {
	const stop = new AbortController();
	const ask = async (status: number) =>
		await rateLimited(async () => answered(status, { 'retry-after': '0.2' }), 'a busy account', stop.signal)(QUERY);
	const busy = Array.from({ length: 40 }, async () => {
		while (!stop.signal.aborted) await ask(429);
	});
	await ask(429);
	const startedAt = performance.now();
	const answer = await Promise.race([ask(200), new Promise((resolve) => setTimeout(resolve, 1500, 'waits'))]);
	stop.abort();
	await Promise.allSettled(busy);
	expect(answer).toMatchObject({ status: 200 });
	expect(performance.now() - startedAt).toBeLessThan(1000);
});

test.each(['99999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '1e309', '-1', 'soon'])(
	'Retry-After: %s makes nobody else wait for long',
	async (header) => {
		const { signal } = new AbortController();
		const account = `account of ${header}`;
		await rateLimited(async () => answered(429, { 'retry-after': header }), account, signal)(QUERY);
		const startedAt = performance.now();
		await rateLimited(async () => answered(200), account, signal)(QUERY);
		expect(performance.now() - startedAt).toBeLessThan(2000);
	},
);

test('an answer that was under way when another request was told to wait ends nobody else’s wait', async () => {
	const underWay: Array<(answer: DomoAnswer) => void> = [];
	const ask = rateLimited(
		async () => await new Promise((resolve) => void underWay.push(resolve)),
		'an account of this test',
		new AbortController().signal,
	);
	const early = ask(QUERY);
	const told = ask(QUERY);
	underWay[1]?.(answered(429, { 'retry-after': '0.3' }));
	await told;
	const toldAt = performance.now();
	underWay[0]?.(answered(200));
	await early;
	const later = ask(QUERY);
	while (underWay.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
	expect(performance.now() - toldAt).toBeGreaterThan(250);
	underWay[2]?.(answered(200));
	expect(await later).toMatchObject({ status: 200 });
});
