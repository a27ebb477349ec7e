import fc from 'fast-check';
import { findPieces, piecesOf } from '../../../../core/support/redact/secretPieces';
import { RUNS } from '../../runs';

/** Few letters, so that blocks repeat. */
const letters = (most: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1'), maxLength: most });

test('exactly the characters of which 16 in a row are of a secret of 24 or more are found', () => {
	const texts = fc.record({
		secrets: fc.array(letters(70), { maxLength: 3 }),
		before: letters(20),
		from: fc.nat(60),
		length: fc.nat(60),
		behind: letters(20),
	});
	fc.assert(
		fc.property(texts, ({ secrets, before, from, length, behind }) => {
			const text = (before + (secrets[0] ?? '').slice(from, from + length) + behind).toLowerCase();
			const [found, expected] = [text, text].map(() => new Set<number>()) as [Set<number>, Set<number>];
			for (const [start, end] of findPieces(text, piecesOf(secrets)))
				for (let at = start; at < end; at++) found.add(at);
			const long = secrets.filter((secret) => secret.length >= 24).map((secret) => secret.toLowerCase());
			for (let start = 0; start + 16 <= text.length; start++) {
				const isOfOne = long.some((secret) => secret.includes(text.slice(start, start + 16)));
				for (let at = start; isOfOne && at < start + 16; at++) expected.add(at);
			}
			expect(found).toEqual(expected);
		}),
		RUNS,
	);
});
