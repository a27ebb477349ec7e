import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { createRedactor } from '../../../../core/support/redact/redactor';
import { spellings } from '../../../hostile/spellings';
import { RUNS } from '../../runs';

const letter = fc.constantFrom(...'abcxyzABCXYZ0123456789', ...'äöß漢%+&<>"\'\\/=?#~!. ');
const secrets = fc
	.string({ unit: letter, minLength: 6, maxLength: 60 })
	.filter((secret) => new Set(secret.replace(/\s/g, '')).size > 4 && secret.trim() === secret && !/\s\s/.test(secret))
	.filter((secret) => !/%[0-9a-f]{2}|&#?\w+;|\\[ux0-7]/i.test(secret));
const surroundings = fc.constantFrom('', 'x', 'Login failed: ', '<b>', '"', '\n', ' (writer:', 'Basic ');

describe.each(Object.entries(spellings))('a secret %s', (_, spell) => {
	it('is replaced in what somebody else wrote', () => {
		fc.assert(
			fc.property(secrets, surroundings, surroundings, (secret, before, behind) => {
				const said = spell(secret);
				const redacted = createRedactor([secret]).foreign(`${before} ${said} ${behind}`);
				expect(redacted).toContain('…');
				expect(redacted).not.toContain(said);
				expect(redacted.length).toBeLessThan(before.length + behind.length + 12);
			}),
			{ numRuns: Math.ceil(RUNS.numRuns / 40) },
		);
	});
});

/** Every sentence that the node may say. */
const SENTENCES = readFileSync(resolve(__dirname, '../../../../docs/messages.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| '));

it('a password that is a word of ours, or several, leaves our sentences whole', () => {
	const pieces = fc.constantFrom(...SENTENCES).chain((sentence) => {
		const words = sentence.split(' ');
		return fc
			.tuple(fc.nat(words.length - 1), fc.integer({ min: 1, max: 4 }))
			.map(([from, count]) => ({ sentence, password: words.slice(from, from + count).join(' ') }));
	});
	const isExample = (text: string) => /[0-9a-z]{12}/i.test(text) && /\d/.test(text);
	const words = pieces.filter(({ password }) => !isExample(password));
	fc.assert(
		fc.property(words, ({ sentence, password }) => createRedactor([password]).finished(sentence) === sentence),
		{ numRuns: Math.ceil(RUNS.numRuns / 10) },
	);
});

it('no execution clears the secrets of another one', () => {
	createRedactor(['correct-horse-battery']);
	expect(createRedactor(['another']).foreign('correct-horse-battery')).toBe('correct-horse-battery');
});

it('a long text is cleared within a fifth of a second of processor time', () => {
	const { foreign } = createRedactor(['aaaa', 'a b', 'x'.repeat(3000)]);
	for (const text of ['a', 'a ', '%61', '\\u0061', '&#97;', '\u200b', '…', '+']) {
		const from = process.cpuUsage();
		foreign(text.repeat(Math.ceil(1_000_000 / text.length)));
		const { user, system } = process.cpuUsage(from);
		expect((user + system) / 1000).toBeLessThan(200);
	}
});
