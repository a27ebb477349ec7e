import * as fc from 'fast-check';
import { readSas } from '../../../../core/destinations/azureBlob/sas';
import { WritebackError } from '../../../../core/support/errors';
import { everythingSaid } from '../../refusal';
import { RUNS } from '../../runs';
import { accountSas, containerSas, fieldsOf, keyOf, without } from './tokens';

/** Tokens of both kinds, each with a signature of its own. */
const aToken = fc
	.record({ secret: fc.string({ maxLength: 12 }), container: fc.boolean(), permissions: fc.subarray([...'racwdl']) })
	.map(({ secret, container, permissions }) => {
		const [letters, key] = [`${permissions.join('')}w`.replace(/w(.*)w/, 'w$1'), keyOf(secret)];
		return container ? containerSas(letters, {}, key) : accountSas({ permissions: letters, key });
	});

/** What happens to a token between the portal and the field. */
const aJourney = fc.constantFrom<(token: string) => string>(
	(token) => token,
	(token) => decodeURIComponent(token),
	(token) => decodeURIComponent(token).replaceAll('+', ' '),
	(token) => token.replaceAll('%2B', '+'),
	(token) => `?${token}`,
	(token) => ` "${token}"\n`,
	(token) => token.replaceAll('&', '&amp;'),
	(token) => `https://account.blob.core.windows.net/?${token}`,
	(token) => token.replace(/(.{60})/g, '$1\n'),
	(token) => token.split('&').reverse().join('&'),
);

/** What makes a token useless. */
const aDamage = fc.constantFrom<(token: string) => string>(
	(token) => without(token, 'sp'),
	(token) => token.replace(/\bsp=\w+/, 'sp=r'),
	(token) => token.replace(/\bse=[^&]+/, 'se=2020-01-01'),
	(token) => `${token}&st=2999-01-01`,
	(token) => token.replace(/\bsr=c/, 'sr=b').replace(/\bss=b/, 'ss=q'),
	(token) => token.replace('sig=', 'signature='),
);

test('a token means the same whichever way it was copied', () => {
	fc.assert(
		fc.property(aToken, aJourney, (token, travel) => {
			const read = readSas(travel(token));
			expect(fieldsOf(read.token)).toEqual(fieldsOf(token));
			expect(readSas(read.token)).toEqual(read);
		}),
		RUNS,
	);
});

test('a refusal never holds the signature', () => {
	fc.assert(
		fc.property(aToken, aJourney, aDamage, (token, travel, damage) => {
			const sig = fieldsOf(token).sig ?? '';
			const said = everythingSaid(whatIsSaid(travel(damage(token))));
			expect(said).not.toContain(sig);
			expect(said).not.toContain(encodeURIComponent(sig));
		}),
		RUNS,
	);
});

test('any text at all is read or refused with a reason', () => {
	const pieces = ['sig=', 'se=', 'st=', 'sp=w', 'ss=b', 'srt=o', 'sr=', '&', '?', '#', '%', '%zz', '+', '"', '=', 'é'];
	const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 20 });
	fc.assert(
		fc.property(text, (parts) => {
			try {
				expect(readSas(parts.join('')).token).toContain('sig=');
			} catch (fault) {
				expect(fault).toBeInstanceOf(WritebackError);
			}
		}),
		RUNS,
	);
});

function whatIsSaid(text: string): Error {
	try {
		readSas(text);
	} catch (fault) {
		if (fault instanceof Error) return fault;
	}
	throw new Error('The damaged token was read');
}
