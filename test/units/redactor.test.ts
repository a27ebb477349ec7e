import * as fc from 'fast-check';
import { redactorOf } from '../../nodes/DomoWriteback/redact/redactor';
import { spellings } from '../hostile/spellings';
import { RUNS } from './runs';

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
				const redacted = redactorOf([secret]).foreign(`${before} ${said} ${behind}`);
				expect(redacted).toContain('…');
				expect(redacted).not.toContain(said);
				expect(redacted.length).toBeLessThan(before.length + behind.length + 12);
			}),
			{ numRuns: Math.ceil(RUNS.numRuns / 40) },
		);
	});
});
