import fc from 'fast-check';
import { checksum, type Sample, takeSamples } from '../../../../core/destinations/sftp/handles/blockSamples';

const PIECE = 32 * 1024;

/** Samples of `content`, cut into blocks of `blockBytes`. */
function samplesOf(content: Buffer, blockBytes: number, more: boolean): readonly Sample[] {
	const samples = takeSamples();
	for (let at = 0; at < content.length; at += blockBytes) samples.add(at, content.subarray(at, at + blockBytes));
	return [...samples.pick(more)];
}

const isLike = (content: Buffer, { offset, bytes, checksum: sum }: Sample) => checksum(content, offset, bytes) === sum;

const contents = fc.record({
	content: fc.uint8Array({ minLength: 1, maxLength: 200_000 }).map((bytes) => Buffer.from(bytes)),
	blockBytes: fc.integer({ min: 1, max: 90_000 }),
	more: fc.boolean(),
});

it('has a sample within every block, like what was sent', () => {
	fc.assert(
		fc.property(contents, ({ content, blockBytes, more }) => {
			const samples = samplesOf(content, blockBytes, more);
			for (const sample of samples) {
				expect(isLike(content, sample)).toBe(true);
				expect(sample.offset + sample.bytes).toBeLessThanOrEqual(content.length);
			}
			const blocks = new Set(samples.map(({ offset }) => Math.floor(offset / blockBytes)));
			expect(blocks.size).toBe(Math.ceil(content.length / blockBytes));
		}),
		{ numRuns: 200 },
	);
});

const BLOCK = 260_096;

it.each([
	['the file', (content: Buffer) => Array.from({ length: content.length / PIECE }, (_, piece) => piece * PIECE)],
	[
		'every request',
		(content: Buffer) =>
			Array.from({ length: 7 }, (_, piece) => piece * PIECE).flatMap((inBlock) =>
				[0, BLOCK].map((block) => block + inBlock).filter((from) => from + PIECE <= content.length),
			),
	],
])('sees each of the pieces that most servers cut %s into, where it is thorough', (_, pieces) => {
	const content = Buffer.alloc(20 * PIECE, 'a row of text\n');
	for (const lost of pieces(content)) {
		const held = Buffer.from(content).fill(0, lost, lost + PIECE);
		for (let times = 0; times < 30; times++)
			expect(samplesOf(content, BLOCK, true).every((sample) => isLike(held, sample))).toBe(false);
	}
});

it('sees a zeroed block although most of its bytes are zeros', () => {
	const content = Buffer.alloc(PIECE);
	for (let at = 0; at < content.length; at += 40) content[at] = 1;
	expect(samplesOf(content, PIECE, false).every((sample) => isLike(Buffer.alloc(PIECE), sample))).toBe(false);
});

it('keeps a place and a length beyond 4 GiB', () => {
	const samples = takeSamples();
	const far = 9 * 1024 ** 4;
	samples.add(far, Buffer.from('end'));
	expect([...samples.pick(false)]).toEqual([{ offset: far, bytes: 3, checksum: checksum(Buffer.from('end'), 0, 3) }]);
});
