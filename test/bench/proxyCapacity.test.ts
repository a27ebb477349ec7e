import { once } from 'node:events';
import { connect } from 'node:net';
import type { Fixture } from '../../bench/fixtures/fixture';
import { fastest, proxySpeed, withProxyCapacity } from '../../bench/fixtures/proxyCapacity';

it('takes the highest median of those that use the proxy', () => {
	const samples = new Map([
		['ours', [60, 50, 400]],
		['ours, on one machine', [300, 310, 290]],
		['rclone copyurl', [30, 33]],
	]);
	expect(fastest(samples, ['ours, on one machine'])).toBe(60);
	expect(fastest(samples)).toBe(300);
});

it('asks for twice what was taken through it, on a slow machine too', () => {
	expect(proxySpeed(200.4, 99.97)).toEqual({ proxyCapacity: 200, proxyNeed: 100 });
	expect(() => proxySpeed(700, 351)).toThrow('The proxy carries 700 MB/s, less than 2 × the 351 MB/s');
});

/** As much of a lab as the measurement uses: the proxy is none, and what floods it is this process. */
function lab(said: string[]): Fixture {
	const parts = {
		signal: new AbortController().signal,
		say: (what: string) => void said.push(what),
		proxy: async (port: number) => ({ port, close: async () => undefined }),
		runner: async (_name: string, [port]: readonly string[]) => {
			const socket = connect(Number(port), '127.0.0.1')
				.resume()
				.end(Buffer.alloc(1024 * 1024));
			await once(socket, 'close');
		},
	};
	return parts as unknown as Fixture;
}

it('adds to what a case measured what the proxy carried', async () => {
	const said: string[] = [];
	const measured = await withProxyCapacity(
		lab(said),
		async () => ({ unit: 'MB/s' }),
		() => 0.001,
	);
	expect(measured).toEqual({ unit: 'MB/s', proxyCapacity: expect.any(Number), proxyNeed: 0.001 });
	expect(said).toEqual([expect.stringMatching(/^ {2}the proxy carries \d+ MB\/s without a delay$/)]);
});
