import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { type Block, rechunk } from '../../../core/support/rechunk';
import { bufferPool } from '../../../core/support/bufferPool';
import { contentsOf } from '../../blocks';
import { RUNS } from '../runs';

const data = Buffer.from(Array.from({ length: 256 }, (_, index) => (index * 37) % 256));

/** A body that sends `chunks` and is then silent for ever. */
function silentAfter(...chunks: Buffer[]): Readable {
	const body = new Readable({ read: () => undefined });
	for (const chunk of chunks) body.push(chunk);
	return body;
}

test('whatever the chunks and the size, every block but the last is full and no byte is lost or moved', async () => {
	const chunks = fc.array(fc.nat({ max: 40 }), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(chunks, fc.integer({ min: 1, max: 70 }), async (lengths, size) => {
			let sent = 0;
			const parts = lengths.map((length) => data.subarray(sent % 200, (sent++ % 200) + length));
			const whole = Buffer.concat(parts);
			const found = await contentsOf(rechunk(Readable.from(parts), size, new AbortController().signal));
			expect(Buffer.concat(found).equals(whole)).toBe(true);
			expect(found.length).toBe(Math.ceil(whole.length / size));
			expect(found.slice(0, -1).every((block) => block.length === size)).toBe(true);
		}),
		RUNS,
	);
});

test('blocks that are not given back do not change when later ones are read', async () => {
	const parts = [Buffer.from('abc'), Buffer.from('defgh'), Buffer.from('ij')];
	const kept: Block[] = [];
	for await (const block of rechunk(Readable.from(parts), 4, new AbortController().signal)) kept.push(block);
	expect(kept.map((block) => String(block.data))).toEqual(['abcd', 'efgh', 'ij']);
	for (const { release } of kept) release();
});

test('a block is handed out before the next chunk is asked for', async () => {
	const some = rechunk(silentAfter(Buffer.from('abcdef')), 4, new AbortController().signal);
	const { value } = await some.next();
	expect(String(value?.data)).toBe('abcd');
	value?.release();
});

test("a stop while all memory is lent rejects with the signal's reason", async () => {
	const [stop, reason] = [new AbortController(), new Error('enough')];
	const share = bufferPool.openShare();
	const everything = await share.acquire(96 * 1024 * 1024, stop.signal);
	share.end();
	const reading = contentsOf(rechunk(silentAfter(data), 100, stop.signal));
	setTimeout(() => stop.abort(reason), 5);
	await expect(reading.finally(everything.release)).rejects.toBe(reason);
});

type Outcome = (body: Readable, stop: AbortController, source: AsyncGenerator<Block>) => Promise<unknown>;

const destroying =
	(fault?: Error): Outcome =>
	async (body, _stop, source) => {
		setTimeout(() => body.destroy(fault), 5);
		await contentsOf(source).catch(() => undefined);
	};

const OUTCOMES: ReadonlyArray<readonly [string, () => Readable, Outcome]> = [
	['the end', () => Readable.from([data]), async (_body, _stop, source) => await contentsOf(source)],
	[
		'leaving early',
		() => silentAfter(data, data),
		async (_body, _stop, source) => {
			for await (const { release } of source) return release();
		},
	],
	[
		'a stop while the body is silent',
		() => silentAfter(data),
		async (_body, stop, source) => {
			setTimeout(() => stop.abort('stopped'), 5);
			await contentsOf(source).catch(() => undefined);
		},
	],
	[
		'a stop between two blocks',
		() => silentAfter(data),
		async (_body, stop, source) => {
			(await source.next()).value?.release();
			stop.abort('stopped');
			await contentsOf(source).catch(() => undefined);
		},
	],
	['a fault of the body', () => silentAfter(data), destroying(new Error('broken'))],
	['a body destroyed without a fault', () => silentAfter(data), destroying()],
];

test.each(OUTCOMES)('after %s the body is destroyed and nothing listens to the signal', async (_, make, outcome) => {
	const [body, stop] = [make(), new AbortController()];
	await outcome(body, stop, rechunk(body, 100, stop.signal));
	expect(body.destroyed).toBe(true);
	expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

test("a stop while the body is silent rejects at once with the signal's reason", async () => {
	const [stop, reason] = [new AbortController(), new Error('enough')];
	const reading = contentsOf(rechunk(silentAfter(data), 100, stop.signal));
	setTimeout(() => stop.abort(reason), 5);
	await expect(reading).rejects.toBe(reason);
});

test('a stop reaches a body whose generator hangs, and what the generator throws later harms nobody', async () => {
	async function* source() {
		yield data;
		await sleep(50);
		throw new Error('too late');
	}
	const [stop, reason] = [new AbortController(), new Error('enough')];
	const reading = contentsOf(rechunk(Readable.from(source()), 100, stop.signal));
	setTimeout(() => stop.abort(reason), 5);
	await expect(reading).rejects.toBe(reason);
	await sleep(80);
});

test('a signal that fired before rejects before the first byte', async () => {
	const reason = new Error('enough');
	await expect(contentsOf(rechunk(silentAfter(data), 100, AbortSignal.abort(reason)))).rejects.toBe(reason);
});

test('a fault of the body comes out as it is', async () => {
	const [body, broken] = [silentAfter(data), new Error('the source broke')];
	setTimeout(() => body.destroy(broken), 5);
	await expect(contentsOf(rechunk(body, 100, new AbortController().signal))).rejects.toBe(broken);
});

test('a body destroyed without a fault is no end', async () => {
	const body = silentAfter(data);
	setTimeout(() => body.destroy(), 5);
	await expect(contentsOf(rechunk(body, 100, new AbortController().signal))).rejects.toThrow();
});
