import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reserveHostMemory } from '../../bench/fixtures/reserveHostMemory';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'comb-'));
});

afterEach(async () => await rm(folder, { recursive: true }));

test('a page is kept of each MiB', async () => {
	await reserveHostMemory(folder, 3, new AbortController().signal);
	expect(await readdir(folder)).toEqual(['teeth']);
	expect((await stat(join(folder, 'teeth'))).size).toBe(3 * 4096);
});

test('a stop ends it and leaves no gaps', async () => {
	const reason = new Error('enough');
	await expect(reserveHostMemory(folder, 3, AbortSignal.abort(reason))).rejects.toBe(reason);
	expect(await readdir(folder)).toEqual(['teeth']);
});
