import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { PAGES, ROOT, textOf } from './markdown';

/** What pages and notes say in other words, so that a reader gets through them at first sight. */
const AVOIDED = [
	...['nobody', 'whoever', 'somebody', 'anybody', 'is told', 'are told', 'at the most', 'by heart'],
	...['time and again', 'stands for itself', 'once and for all'],
];

const EXAMPLES = globSync('examples/*.json', { cwd: ROOT }).sort();
const FILES = [
	...PAGES,
	...globSync(['docs/scale/*', '.github/**/*.yml'], { cwd: ROOT }).filter((file) => !file.endsWith('.md')),
].sort();

/** The avoided words of a text, also where a line breaks inside them. */
function avoidedIn(text: string): string[] {
	return AVOIDED.filter((words) => new RegExp(`\\b${words.replaceAll(' ', '\\s+')}\\b`, 'iu').test(text));
}

/** What an example shows on its canvas: its name, the names of its nodes, and its notes. */
function shownBy(file: string): string {
	const { name, nodes }: { name: string; nodes: INode[] } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
	return [name, ...nodes.flatMap((node) => [node.name, node.notes ?? '', String(node.parameters.content ?? '')])].join(
		'\n',
	);
}

test('the pages and the examples are found', () => {
	expect(FILES).toEqual(
		expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/recipes.md', 'docs/decisions/tests.md']),
	);
	expect(EXAMPLES.length).toBeGreaterThan(10);
	expect(shownBy('examples/domo-to-sftp.json')).toContain('Each node copies one DataSet');
});

test.each([
	['Nobody reads it.', ['nobody']],
	['The model is\ntold.', ['is told']],
	['A whole body of text', []],
])('in %j the avoided words are %j', (text, words) => expect(avoidedIn(text)).toEqual(words));

test.each(FILES)('%s has none of the avoided words', (file) => expect(avoidedIn(textOf(file))).toEqual([]));

test.each(EXAMPLES)('the notes of %s have none of the avoided words', (file) =>
	expect(avoidedIn(shownBy(file))).toEqual([]),
);
