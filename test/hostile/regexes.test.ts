import { readPpkText } from '../../nodes/DomoWriteback/destinations/sftp/ppkText';
import { regexesBelow, regexesIn, worstMs } from './regexes';

const LENGTH = 1_000_000;
/** On an idle core; three times as much where others work on it, and far from the minutes of one that backtracks. */
const MOST_MS = 250;

/** Files that build a regex: of fixed lists, of names that are bounded, or, in ppkText, used only on texts that are. */
const BUILT = [
	'nodes/DomoWriteback/destinations/sftp/ppkText.ts',
	'nodes/DomoWriteback/destinations/sftp/temporaryName.ts',
	'nodes/DomoWriteback/domo/dataSetId.ts',
	'nodes/DomoWriteback/format/cells.ts',
	'nodes/DomoWriteback/format/encode.ts',
	'nodes/DomoWriteback/format/ownBytes.ts',
	'nodes/DomoWriteback/format/writeDelimited.ts',
	'nodes/DomoWriteback/names/partsPattern.ts',
	'nodes/DomoWriteback/parameters/dataSet.ts',
];

const { literals, built } = regexesBelow(['nodes', 'credentials']);

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

test('a PuTTY key longer than any is refused at once', () => {
	const since = performance.now();
	expect(() => readPpkText('PuTTY-User-Key-File-3: '.repeat(LENGTH / 20))).toThrow();
	expect(performance.now() - since).toBeLessThan(50);
});
