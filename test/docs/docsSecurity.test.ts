import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The lines of the table in docs/security.md, as cells. */
function rows(): string[][] {
	const [, section = ''] = readFileSync(join(ROOT, 'docs/security.md'), 'utf8').split('## Who can do what');
	const lines = section.split('\n').filter((line) => line.startsWith('| '));
	return lines.slice(1).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

const testsOf = (cell = '') => [...cell.matchAll(/`([^`]+)`/gu)].map(([, path = '']) => path);

test('each line of the table says who, what, what bounds it, and by which test', () => {
	expect(rows().length).toBeGreaterThan(8);
	for (const row of rows()) {
		expect(row).toHaveLength(4);
		expect(row).not.toContain('');
		expect(testsOf(row[3]).length).toBeGreaterThan(0);
	}
});

test('every test that the table names exists', () => {
	const named = rows().flatMap((row) => testsOf(row[3]));
	expect(named.filter((path) => !path.endsWith('.test.ts') || !existsSync(join(ROOT, path)))).toEqual([]);
});
