import { Readable } from 'node:stream';
import { paced } from '../../nodes/DomoWriteback/domo/pace';
import type { DomoAnswer, DomoQuery } from '../../nodes/DomoWriteback/domo/request';

const QUERY: DomoQuery = { path: '/v1/datasets', query: {}, accept: 'application/json' };
const answered = (status: number, headers = {}): DomoAnswer => ({ status, headers, body: Readable.from([]) });

test('an answer that was under way when another request was told to wait ends nobody else’s wait', async () => {
	const underWay: Array<(answer: DomoAnswer) => void> = [];
	const ask = paced(
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
