import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readArguments } from '../../site/arguments';
import { deadLinks } from '../../site/deadLinks';
import { linkPages } from '../../site/links';
import { SITE_PAGES } from '../../site/pages';
import { PAGES } from './markdown';

const pageOf = (source: string) => {
	const page = SITE_PAGES.find((one) => one.source === source);
	if (page === undefined) throw new Error(`${source} is no page of the site`);
	return page;
};

test('every page of the repository has a place on the site, and no two have the same', () => {
	const sources = SITE_PAGES.map(({ source }) => source);
	expect(sources.filter((source) => source.endsWith('.md')).sort()).toEqual([...PAGES].sort());
	expect(new Set(SITE_PAGES.map(({ path }) => path)).size).toBe(SITE_PAGES.length);
});

test.each([
	['README.md', '[a](docs/security.md#host-keys)', '[a](security/#host-keys)'],
	['docs/security.md', '[a](../README.md#install)', '[a](../#install)'],
	['docs/security.md', '[a](../bench/README.md)', '[a](../benchmarks/)'],
	['docs/security.md', '[a](decisions/azure.md)', '[a](../decisions/azure/)'],
	['docs/decisions/azure.md', '[a](../security.md)', '[a](../../security/)'],
	['docs/security.md', '[a](#host-keys)', '[a](#host-keys)'],
	['docs/security.md', '[a](https://example.com/a.md)', '[a](https://example.com/a.md)'],
	['docs/recipes.md', '[a](../examples)', '[a](../examples/)'],
	['docs/recipes.md', '[`a`](../examples/history.json)', '[`a`](../examples/history.json)'],
	['README.md', '[a](LICENSE)', '[a](LICENSE.txt)'],
	['docs/recipes.md', '![a](pictures/history.png)', '![a](./docs/pictures/history.png)'],
	['docs/recipes.md', '[a](pictures/history.png)', '[a](../docs/pictures/history.png)'],
	['docs/recipes.md', '`[a](security.md)`', '`[a](security.md)`'],
	['docs/recipes.md', '```\n[a](security.md)\n```', '```\n[a](security.md)\n```'],
])('on the page of %s, %s becomes %s', (source, written, linked) => {
	expect(linkPages(pageOf(source), written).text).toBe(linked);
});

describe('in a built site', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'site-links-'))));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test.each([
		['a page', '<a href="../two/">', []],
		['a page from the root', '<a href="/base/two/">', []],
		['a heading', '<a href="../two/#there">', []],
		['a heading of its own', '<h2 id="here"><a href="#here">', []],
		['another site', '<a href="https://example.com/no">', []],
		['a file', '<img src="../a%20picture.png">', []],
		['a page that is not there', '<a href="../three/">', ['../three/']],
		['a page without its slash', '<a href="../two">', ['../two']],
		['a heading that is not there', '<a href="../two/#gone">', ['../two/#gone']],
		['a picture that is not there', '<img src="no.png">', ['no.png']],
		['a page outside of the site', '<a href="/two/">', ['/two/']],
	])('a link to %s is judged', (_, html, dead) => {
		write('one/index.html', html);
		write('two/index.html', '<h2 id="there">There</h2>');
		write('a picture.png', '');
		expect(deadLinks(folder, '/base/')).toEqual(dead.map((link) => `one/index.html → ${link}`));
	});

	function write(file: string, text: string): void {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
});

test.each([
	['https://example.github.io/docs', 'https://example.github.io/docs/'],
	['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
])('npm run docs takes the address %s', (typed, address) => {
	expect(readArguments(['--url', typed]).address?.href).toBe(address);
});

test.each([['docs'], ['ftp://example.com/'], ['https://example.com/?page=1'], ['https://example.com/#top']])(
	'npm run docs refuses the address %s and says what it takes',
	(typed) => expect(() => readArguments(['--url', typed])).toThrow(/--url is .* address of http or https, e\.g\. /),
);

test('npm run docs names an option that it does not know, and those that it does', () => {
	expect(() => readArguments(['--sevre'])).toThrow(/'--sevre'[\s\S]*--serve/);
});
