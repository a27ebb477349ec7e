import { freeBuffer } from '../../../core/support/memory';

test('memory that a buffer has to itself is freed at once', () => {
	const buffer = Buffer.allocUnsafeSlow(1_000_000);
	const memory = buffer.buffer;
	freeBuffer(buffer);
	expect(memory.byteLength).toBe(0);
});

test.each([
	['a part of another buffer', () => Buffer.allocUnsafeSlow(1000).subarray(0, 999)],
	['a small buffer of the pool that all share', () => Buffer.from('shared')],
	['memory that threads share', () => Buffer.from(new SharedArrayBuffer(10))],
])('%s stays as it is', (_, make) => {
	const buffer = make();
	const [before, memory] = [String(buffer), buffer.buffer.byteLength];
	freeBuffer(buffer);
	expect([String(buffer), buffer.buffer.byteLength]).toEqual([before, memory]);
});
