import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Block } from '../../../core/support/rechunk';
import { withStream } from '../../../nodes/DomoWriteback/binaryBody';

const BLOCKS = 20;
const BYTES = 1000;

const never = () => new AbortController().signal;

/** Blocks of random bytes whose memory is filled with zeros when it is given back, and which of them are still lent. */
function lending(fault?: Error) {
	const content = randomBytes(BLOCKS * BYTES);
	const lent = new Set<number>();
	async function* blocks(): AsyncGenerator<Block> {
		for (let at = 0; at < BLOCKS; at++) {
			if (at === BLOCKS / 2 && fault !== undefined) throw fault;
			const data = Buffer.from(content.subarray(at * BYTES, (at + 1) * BYTES));
			const release = () => {
				if (!lent.delete(at)) throw new Error(`Block ${at} was given back twice`);
				data.fill(0);
			};
			lent.add(at);
			yield { data, before: Buffer.alloc(0), release };
		}
	}
	return { content, lent, blocks: blocks() };
}

/** As fs.writeFile takes a stream: a piece is of no use any more when the next one is asked for. */
async function writeOut(stream: Readable): Promise<Buffer> {
	const written: Buffer[] = [];
	for await (const piece of stream) {
		await turn();
		written.push(Buffer.from(piece));
	}
	return Buffer.concat(written);
}

/** As n8n's memory mode does: all pieces are kept, and put together at the end. */
async function collect(stream: Readable): Promise<Buffer> {
	const kept: Buffer[] = [];
	return await new Promise((resolve, reject) => {
		stream.on('data', (piece: Buffer) => kept.push(piece));
		stream.once('end', () => resolve(Buffer.concat(kept)));
		stream.once('error', reject);
	});
}

const TAKERS: ReadonlyArray<readonly [string, (stream: Readable) => Promise<Buffer>]> = [
	['writes piece by piece', writeOut],
	['collects what is emitted', collect],
];

test.each(TAKERS)('a store that %s gets every byte, and every block goes back once', async (_, take) => {
	const { content, lent, blocks } = lending();
	expect((await withStream(blocks, never(), take)).equals(content)).toBe(true);
	expect([...lent]).toEqual([]);
});

test.each(TAKERS)('a store that %s hears of a broken body, and every block goes back', async (_, take) => {
	const { lent, blocks } = lending(new Error('Domo stopped sending'));
	await expect(withStream(blocks, never(), take)).rejects.toThrow('Domo stopped sending');
	await turn();
	expect([...lent]).toEqual([]);
});

test.each(TAKERS)('a store that %s ends with a stop, and every block goes back', async (_, take) => {
	const { lent, blocks } = lending();
	const stop = new AbortController();
	const storing = withStream(blocks, stop.signal, async (stream) => {
		stream.once(take === collect ? 'data' : 'readable', () => stop.abort());
		return await take(stream);
	});
	await expect(storing).rejects.toMatchObject({ reason: 'cancelled' });
	await turn();
	expect([...lent]).toEqual([]);
});

test('a store that looks before it iterates gets every byte, too', async () => {
	const { content, lent, blocks } = lending();
	const stored = await withStream(blocks, never(), async (stream) => {
		await once(stream, 'readable');
		return await writeOut(stream);
	});
	expect(stored.equals(content)).toBe(true);
	expect([...lent]).toEqual([]);
});

test('no more than a few blocks are lent to a store that writes slowly', async () => {
	const { lent, blocks } = lending();
	let most = 0;
	await withStream(blocks, never(), async (stream) => {
		for await (const piece of stream) {
			expect(piece).toHaveLength(BYTES);
			for (let turns = 0; turns < 5; turns++) await turn();
			most = Math.max(most, lent.size);
		}
	});
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(5);
});

test('a block that is being written when the user stops goes back once that has ended', async () => {
	const { content, lent, blocks } = lending();
	const stop = new AbortController();
	await withStream(blocks, stop.signal, async (stream) => {
		for await (const piece of stream) {
			stop.abort();
			await turn();
			await turn();
			expect([...lent]).toEqual([0]);
			expect(content.subarray(0, BYTES).equals(piece)).toBe(true);
		}
	}).catch(() => undefined);
	expect([...lent]).toEqual([]);
});

test('a store that gives up leaves no block behind', async () => {
	const { lent, blocks } = lending();
	const full = withStream(blocks, never(), async (stream) => {
		for await (const piece of stream) throw new Error(`no room for ${piece.length} bytes`);
	});
	await expect(full).rejects.toThrow('no room for 1000 bytes');
	await turn();
	expect([...lent]).toEqual([]);
});

test('a store that refuses before it reads takes no block at all', async () => {
	const { lent, blocks } = lending();
	const refused = withStream(blocks, never(), async () => await Promise.reject(new Error('read-only')));
	await expect(refused).rejects.toThrow('read-only');
	expect([...lent]).toEqual([]);
});
