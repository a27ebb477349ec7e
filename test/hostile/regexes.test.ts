import { readPpkFile } from '../../core/destinations/sftp/keys/ppkFile';
import { isLinear, regexesBelow, regexesIn } from './regexes';

const LENGTH = 1_000_000;
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
	const slow = literals.filter((literal) => !isLinear(literal, LENGTH));
	expect(slow.map(({ where }) => where)).toEqual([]);
}, 120_000);

test('a file that builds a regex is known', () => {
	expect(built).toEqual(BUILT);
});

test.each(['/\\s+$/', '/<title[^>]*>/i', '/^(a+)+$/'])('%s would be found', (text) => {
	const [planted] = regexesIn('planted.ts', `export const PLANTED = ${text};`).literals;
	expect(planted && isLinear(planted, LENGTH)).toBe(false);
});

test.each(['\\', '\\n', ' ', 'Public-Lines: ', 'PuTTY-User-Key-File-3: xEncryption: xComment: '])(
	'a PuTTY key that is nothing but %j is refused at once',
	(piece) => {
		const parts = ['PuTTY-User-Key-File-3: ', 'x\nEncryption: ', 'none\nComment: ', 'x\nPublic-Lines: '];
		for (const [at] of parts.entries()) {
			const since = process.cpuUsage();
			expect(() => readPpkFile(parts.slice(0, at + 1).join('') + piece.repeat(15_000 / piece.length))).toThrow();
			// Processor time, as a busy machine may stop any test for longer.
			expect(process.cpuUsage(since).user).toBeLessThan(50_000);
		}
	},
);
