import { readPpkFile } from '../../core/destinations/sftp/keys/ppkFile';
import { regexesBelow, regexesIn, timeOf, worstMs } from './regexes';

const LENGTH = 1_000_000;
/** Milliseconds of processor time; on a machine that is slow or busy, twice what a regex takes there that is linear beyond doubt. */
const MOST_MS = Math.max(50, 2 * timeOf(/\\{1,8}[nrt]/gu, '\\'.repeat(LENGTH)));

/** Files that build a regex: of fixed lists, or of names that are bounded. */
const BUILT = [
	'core/destinations/sftp/files/temporaryName.ts',
	'core/domo/dataSetId.ts',
	'core/format/rows/cellTransforms.ts',
	'core/format/text/delimitedWriter.ts',
	'core/format/text/encoder.ts',
	'core/format/text/encodingOverrides.ts',
	'core/names/partsPattern.ts',
	'nodes/shared/dataSetLocator.ts',
];

const { literals, built } = regexesBelow(['core', 'credentials', 'nodes']);

test('every regex of the tree reads a megabyte of the worst text in linear time', () => {
	expect(literals.length).toBeGreaterThan(100);
	const slow = literals.map((literal) => [literal.where, worstMs(literal, LENGTH)] as const);
	expect(slow.filter(([, ms]) => ms > MOST_MS)).toEqual([]);
}, 120_000);

test('a file that builds a regex is known', () => {
	expect(built).toEqual(BUILT);
});

test.each(['/\\s+$/', '/<title[^>]*>/i'])('%s would be found', (text) => {
	const [planted] = regexesIn('planted.ts', `export const PLANTED = ${text};`).literals;
	expect(planted && worstMs(planted, LENGTH)).toBe(Infinity);
});

test.each(['\\', '\\n', ' ', 'Public-Lines: ', 'PuTTY-User-Key-File-3: xEncryption: xComment: '])(
	'a PuTTY key that is nothing but %j is refused at once',
	(piece) => {
		const parts = ['PuTTY-User-Key-File-3: ', 'x\nEncryption: ', 'none\nComment: ', 'x\nPublic-Lines: '];
		for (const [at] of parts.entries()) {
			const since = performance.now();
			expect(() => readPpkFile(parts.slice(0, at + 1).join('') + piece.repeat(15_000 / piece.length))).toThrow();
			expect(performance.now() - since).toBeLessThan(50);
		}
	},
);
