import { bufferPool } from '../../../core/support/bufferPool';

const { signal } = new AbortController();

test('while an upload is going on, what came back is lent again, even when nothing was lent in between', async () => {
	const [mine, theirs] = [bufferPool.openShare(), bufferPool.openShare()];
	const first = await mine.acquire(1000, signal);
	first.release();
	mine.end();
	const second = await theirs.acquire(1000, signal);
	expect(second.buffer.buffer).toBe(first.buffer.buffer);
	second.release();
	theirs.end();
});

test('after the last upload, nothing is kept', async () => {
	const share = bufferPool.openShare();
	const [early, late] = [await share.acquire(1000, signal), await share.acquire(1000, signal)];
	early.release();
	share.end();
	late.release();
	const another = bufferPool.openShare();
	const fresh = [await another.acquire(1000, signal), await another.acquire(1000, signal)];
	const used = [early, late].map(({ buffer }) => buffer.buffer);
	expect(fresh.filter(({ buffer }) => used.includes(buffer.buffer))).toEqual([]);
	for (const { release } of fresh) release();
	another.end();
});

test('a buffer has just the size that was asked for', async () => {
	const share = bufferPool.openShare();
	for (const bytes of [1000, 2000, 1000]) {
		const { buffer, release } = await share.acquire(bytes, signal);
		expect(buffer.length).toBe(bytes);
		release();
	}
	share.end();
});

test('what is kept makes room for buffers of another size', async () => {
	const share = bufferPool.openShare();
	const MEBIBYTE = 1024 * 1024;
	const lent: ArrayBufferLike[] = [];
	for (const mebibytes of [60, 50, 60]) {
		const { buffer, release } = await share.acquire(mebibytes * MEBIBYTE, signal);
		lent.push(buffer.buffer);
		release();
	}
	expect(lent[2]).not.toBe(lent[0]);
	share.end();
});

test('what is kept of another size stays while there is room for both', async () => {
	const share = bufferPool.openShare();
	const first = await share.acquire(1000, signal);
	first.release();
	const other = await share.acquire(2000, signal);
	const again = await share.acquire(1000, signal);
	expect(again.buffer.buffer).toBe(first.buffer.buffer);
	for (const { release } of [other, again]) release();
	share.end();
});
