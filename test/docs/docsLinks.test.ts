import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, linksOf, PAGES, ROOT } from './markdown';

const isElsewhere = (target: string) => /^[a-z]+:/i.test(target);

test('the pages are found', () => {
	expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/tutorial.md', 'bench/README.md']));
});

test.each(PAGES)('every link of %s leads to a file or heading that is there', (page) => {
	const local = linksOf(page).filter((target) => !isElsewhere(target));
	expect(local.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
});

test.each(PAGES)('%s links to other sites by https only', (page) => {
	expect(linksOf(page).filter((target) => isElsewhere(target) && !target.startsWith('https://'))).toEqual([]);
});

test("the editor's links to headings of the README lead to headings that are there", () => {
	const files = globSync(['nodes/**/*.node.json', 'credentials/*.ts'], { cwd: ROOT });
	const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
	const anchors = [...texts.matchAll(/n8n-nodes-domo-writeback#([\w-]+)/g)].map(([, anchor = '']) => anchor);
	expect(anchors).not.toEqual([]);
	expect(anchors.filter((anchor) => !anchorsOf('README.md').has(anchor))).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
	if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false;
	return anchor === undefined || anchorsOf(file).has(anchor);
}
