import fc from 'fast-check';
import { ContentMac } from '../../../core/support/hashing/contentMac';
import { macOf } from '../../contentMac';

const bytes = () => fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

/** Takes in the bytes in pieces of these sizes. */
function fill(mac: ContentMac, content: Buffer, sizes: readonly number[]): ContentMac {
	let from = 0;
	for (const size of [...sizes, content.length]) {
		mac.update(content.subarray(from, from + size));
		from = Math.min(content.length, from + size);
	}
	return mac;
}

test('the same bytes are the same, however they are cut', () => {
	fc.assert(
		fc.property(bytes(), fc.array(fc.nat(40)), fc.array(fc.nat(40)), (content, cuts, others) => {
			const sent = fill(new ContentMac(), content, cuts);
			expect(fill(sent.again(), content, others).equals(sent)).toBe(true);
		}),
	);
});

test('other bytes are not the same', () => {
	fc.assert(
		fc.property(bytes(), bytes(), (content, other) => {
			fc.pre(!content.equals(other));
			const sent = macOf(content);
			expect(fill(sent.again(), other, []).equals(sent)).toBe(false);
		}),
	);
});

test.each([
	['one bit is another', (content: Buffer) => content.map((byte, at) => (at === 70_000 ? byte ^ 1 : byte))],
	['the last byte is missing', (content: Buffer) => content.subarray(0, -1)],
	['a zero follows', (content: Buffer) => Buffer.concat([content, Buffer.alloc(1)])],
	[
		'two blocks have changed places',
		(content: Buffer) => Buffer.concat([content.subarray(32_768), content.subarray(0, 32_768)]),
	],
])('a content is another one when %s', (_, change) => {
	const content = Buffer.from(Array.from({ length: 100_000 }, (__, at) => at % 251));
	const sent = macOf(content);
	const stored = sent.again();
	stored.update(Buffer.from(change(content)));
	expect(stored.equals(sent)).toBe(false);
});

test('a sum tells nothing to who has another key', () => {
	expect(macOf('content').equals(macOf('content'))).toBe(false);
});

test('nothing is like nothing', () => {
	const sent = new ContentMac();
	expect(sent.again().equals(sent)).toBe(true);
});

test('a sum that was compared takes in nothing more', () => {
	const sent = macOf('content');
	sent.again().equals(sent);
	expect(() => sent.update(Buffer.from('more'))).toThrow('complete');
});
