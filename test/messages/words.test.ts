import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { choicesOf, CREDENTIALS, type Field, fieldsOf, NODES } from '../docs/labels';
import { readMessages } from './reading/entries';
import { readSource } from './reading/source';
import { sampleOf } from './reading/template';

/** Words that make a plain sentence long or foreign. */
const BANNED = new RegExp(
	[
		String.raw`\b(?:nobody|somebody|anybody|whoever|anew)\b`,
		String.raw`\b(?:is|are|was|were|be|been) told\b`,
		String.raw`\b(?:at the most|by heart|time and again|once and for all|left out, (?:it|they|the|nothing))\b`,
		String.raw`\bstands? for itself\b`,
		String.raw`\byields?\b`,
	].join('|'),
	'i',
);

const FIELDS: readonly Field[] = [...NODES, ...CREDENTIALS].flatMap(({ properties }) => fieldsOf(properties));

/** What n8n shows of a node, a credential and all their fields and choices. */
const SHOWN_AS = ['displayName', 'name', 'description', 'hint', 'message', 'errorMessage', 'placeholder', 'action'];

/** Every text under one of these keys, however deep. */
function shownIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
		typeof inner === 'string' ? (SHOWN_AS.includes(key) ? [inner] : []) : shownIn(inner),
	);
}

/** Every literal of the source that is more than a name: messages, hints, notes, and lines of the log. */
function sentencesOfSource(): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
			if (/\w \w/.test(node.text)) found.push(node.text);
		}
		ts.forEachChild(node, visit);
	};
	readSource(['core', 'nodes', 'credentials']).files.forEach(visit);
	return found;
}

/** Labels of several words, which can't be anything but labels; panes are named without quotes. */
const LABELS = FIELDS.filter(({ property }) => property.type !== 'collection')
	.map(({ property }) => property.displayName)
	.filter((label) => label.includes(' '));

const CHOICES = FIELDS.flatMap(({ property }) => choicesOf(property)).filter((choice) => choice.includes(' '));

/** The labels that a text names without quotes, outside the names of choices. */
function unquoted(text: string): string[] {
	const rest = CHOICES.filter((choice) => !LABELS.includes(choice)).reduce(
		(left, choice) => left.replaceAll(choice, ''),
		text,
	);
	return LABELS.filter((label) => new RegExp(String.raw`(?<!['\w])${label}(?!['\w])`).test(rest));
}

test.each([
	['docs/messages.md', readFileSync(resolve(__dirname, '../../docs/messages.md'), 'utf8').split('\n')],
	['descriptions of nodes and credentials', shownIn([NODES, CREDENTIALS])],
	['sentences of the source', sentencesOfSource()],
])('none of the banned words is in the %s', (_where, texts) => {
	expect(texts.length).toBeGreaterThan(200);
	expect(texts.filter((text) => BANNED.test(text))).toEqual([]);
});

test('what to do names every parameter in single quotes', () => {
	const hints = readMessages().entries.map(({ hint }) => sampleOf(hint));
	expect(hints.filter((hint) => unquoted(hint).length > 0)).toEqual([]);
});

test('a description names every other parameter in single quotes', () => {
	const texts = FIELDS.flatMap(({ property }) => {
		const choices = (property.options ?? []).map((option) =>
			'description' in option ? option.description : undefined,
		);
		return [property.description, property.hint, ...choices].filter((text) => text !== undefined);
	});
	expect(texts.length).toBeGreaterThan(100);
	expect(texts.filter((text) => unquoted(text).length > 0)).toEqual([]);
});

test('a description of a switch begins with Whether to', () => {
	const switches = FIELDS.filter(({ property }) => property.type === 'boolean');
	expect(switches.length).toBeGreaterThan(10);
	expect(switches.filter(({ property }) => !/^Whether to \w/.test(property.description ?? ''))).toEqual([]);
});

test('an empty collection says Add option in every pane', () => {
	const panes = FIELDS.filter(({ property }) => property.type === 'collection' && property.displayName !== 'Filters');
	expect(panes.length).toBeGreaterThan(5);
	expect(panes.filter(({ property }) => property.placeholder !== 'Add option')).toEqual([]);
});
