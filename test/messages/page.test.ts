import { LABELS } from '../docs/labels';
import { checkPage } from './page';
import { type Entry, readMessages } from './reading/entries';
import { sampleOf } from './reading/template';

const messages = readMessages();

/** Those that say something of which `wrong` is true. */
const saying = (wrong: (message: string, hint: string) => boolean) =>
	messages.entries
		.map(({ message, hint }) => [sampleOf(message), sampleOf(hint)] as const)
		.filter(([message, hint]) => wrong(message, hint));

test('docs/messages.md has every message of the source, as it is said there (UPDATE_MESSAGES=1 writes it)', async () => {
	await checkPage(messages);
});

test('every gap of a sentence has words of its own, and no words are left over', () => {
	expect(messages.unsaid).toEqual([]);
	expect(messages.unused).toEqual([]);
});

test('a message says what happened, and not that something went wrong', () => {
	const words = /\b(error|problem|fail(?:ed|ure)?|mistake|invalid|illegal|wrong|directory)\b/i;
	expect(saying((message, hint) => words.test(message) || words.test(hint.replace(/is wrong: check/, '')))).toEqual([]);
});

test('what to do is a sentence, and a message is none that ends', () => {
	expect(saying((message, hint) => /\.$/.test(message) || !/^[\p{Lu}<h].*(?:[.>]|\))$/su.test(hint))).toEqual([]);
});

test('of one thing that happened, two entries differ in what to do', () => {
	const told = messages.entries.map((entry) => entry.reason + sampleOf(entry.message) + sampleOf(entry.hint));
	expect(new Set(told).size).toBe(told.length);
});

test.each(messages.entries.filter(({ reason }) => reason === 'setting').flatMap(labelsOf))(
	'a message about a setting begins with a label of the editor: %s',
	(label) => expect(LABELS).toContain(label),
);

/** Which field it is may depend on who asks, and a version is no field. */
function labelsOf({ message: [first] }: Entry): string[] {
	if (first?.kind === 'gap') return first.words === 'Field' ? [] : first.words.split(/, | or (?!ID)/);
	const [label = ''] = first?.kind === 'text' ? first.text.split(': ') : [];
	return label === 'Node Version' ? [] : [label];
}
