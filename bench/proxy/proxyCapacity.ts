import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fixture } from '../fixtures/fixture';

/** Less than this and the proxy could be what a case measures. */
export const LEAST_MB_PER_SECOND = 400;

const MEBIBYTES = 1024;
const ATTEMPTS = 5;
const PAUSE_MS = 2000;

/** Measures and says what the proxy carries without a delay, in MB/s; rejects when the best of a few attempts is too little. */
export async function proxyCapacity(lab: Fixture): Promise<number> {
	let best = 0;
	for (let attempt = 0; attempt < ATTEMPTS && best < LEAST_MB_PER_SECOND; attempt++) {
		if (attempt > 0) await delay(PAUSE_MS, undefined, { signal: lab.signal });
		best = Math.max(best, await carried(lab));
	}
	if (best < LEAST_MB_PER_SECOND)
		throw new Error(
			`The proxy carries ${best.toFixed(0)} MB/s now, and ${LEAST_MB_PER_SECOND} are needed: is the machine busy?`,
		);
	lab.say(`  the proxy carries ${best.toFixed(0)} MB/s without a delay`);
	return Math.round(best);
}

/** One process pours into the proxy, this one counts what comes out. */
async function carried(lab: Fixture): Promise<number> {
	let [bytes, startedAt, endedAt] = [0, 0, 0];
	const server = createServer({ highWaterMark: 1024 * 1024 }, (socket) => {
		startedAt = performance.now();
		socket.on('data', (data) => (bytes += data.length));
		socket.once('end', () => (endedAt = performance.now()));
	}).listen(0, '127.0.0.1');
	try {
		await once(server, 'listening');
		const address = server.address();
		if (typeof address !== 'object' || address === null) throw new Error('No port');
		const proxy = await lab.proxy(address.port, 0);
		await lab.runner('proxy/flood', [String(proxy.port), String(MEBIBYTES)]);
		while (endedAt === 0) await delay(5, undefined, { signal: lab.signal });
		await proxy.close();
		return bytes / 1e3 / (endedAt - startedAt);
	} finally {
		server.close();
	}
}
