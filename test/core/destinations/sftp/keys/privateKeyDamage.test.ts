import { inspect } from 'node:util';
import { WritebackError } from '../../../../../core/support/errors';
import { RUNS } from '../../../runs';
import { type KeyFile, PASSPHRASE, pick, QUICK, readKey, seeded } from './keyFiles/keys';
import { leaks, readsAs, refusal } from './keyFiles/reading';

describe('line ends that were lost on the way', () => {
	const damages: ReadonlyArray<[how: string, damage: (text: string) => string]> = [
		['became CR LF', (text) => text.replaceAll('\n', '\r\n')],
		['became CR', (text) => text.replaceAll('\n', '\r')],
		['became spaces', (text) => text.replaceAll('\n', ' ')],
		['became \\n in letters', (text) => text.replaceAll('\n', '\\n')],
		['became \\r\\n in letters', (text) => text.replaceAll('\n', '\\r\\n')],
		['became \\\\n, escaped twice', (text) => text.replaceAll('\n', '\\\\n')],
		['are gone', (text) => text.replaceAll('\n', '')],
		['were doubled', (text) => text.replaceAll('\n', '\n\n')],
		['were indented', (text) => text.replaceAll('\n', '\n    ')],
		['are in a string of JSON', (text) => JSON.stringify(text)],
		['are in quotes and spaces', (text) => `  '${text.trim()}' \n`],
		['follow a byte order mark and a no-break space', (text) => `\ufeff\u00a0${text}`],
	];
	test.each(damages)('are repaired when they %s', async (_how, damage) => {
		for (const key of QUICK)
			expect([key.name, await readsAs(damage(key.text), PASSPHRASE)]).toEqual([key.name, key.fingerprint]);
	});

	test('are repaired in any mixture', async () => {
		const random = seeded(1);
		const ends = ['\n', '\r\n', '\r', ' ', '  ', '\t', '\\n', '\\r\\n', '\u00a0', ''];
		for (let round = 0; round < RUNS.numRuns / 20; round++) {
			const key = pick(random, QUICK);
			const text = key.text.replace(/\n/gu, () => pick(random, ends));
			expect([round, text, await readsAs(text, PASSPHRASE)]).toEqual([round, text, key.fingerprint]);
		}
	});
});

test('a key is found among other text', async () => {
	const openssh = readKey('works/ed25519.openssh');
	expect(await readsAs(`Hello,\nhere it is:\n${openssh}\nBye`, undefined)).toBe(await readsAs(openssh, undefined));
});

describe('a damaged key', () => {
	test.each(QUICK)('$name is refused without its end, its beginning, or a line', async ({ text }) => {
		const lines = text
			.slice(text.search(/-----BEGIN [A-Z ]*PRIVATE|PuTTY/u))
			.trim()
			.split('\n');
		const body = lines.findLastIndex((line) => line.length === 64);
		for (const kept of [lines.slice(0, -1), lines.slice(1), lines.toSpliced(body, 1)]) {
			expect((await refusal(kept.join('\n'), PASSPHRASE)).message).toMatch(/damaged|does not open|not a private key/u);
		}
	});

	// A bare Ed25519 seed in PKCS#8 carries nothing to check it by: any 32 bytes are a key.
	const checked = QUICK.filter(({ name }) => !name.startsWith('edwards'));
	const changes: ReadonlyArray<(text: string, at: number, random: () => number) => string> = [
		(text, at) => text.slice(0, at) + text.slice(at + 1),
		(text, at) => text.slice(0, at),
		(text, at, random) => text.slice(0, at) + pick(random, [...'AZaz09+/=-:\n\\"é']) + text.slice(at + 1),
		(text, at, random) => text.slice(0, at) + pick(random, [...'AZaz09+/=-:\n\\"é']) + text.slice(at),
	];

	test('never becomes another key, nor a fault without a name', async () => {
		const random = seeded(2);
		for (let round = 0; round < RUNS.numRuns / 6; round++) {
			const key = pick(random, checked);
			const text = pick(random, changes)(key.text, Math.floor(random() * key.text.length), random);
			expect([key.name, text, await outcome(text, key)]).toEqual([key.name, text, 'refused or the same']);
		}
	});

	// OpenSSL has errors of its own for a number that is too long for its curve, and says them only when such a key is exported.
	test.each(['nistp521.openssh', 'short.openssh'])(
		'%s with any other number or length in it is refused',
		async (file) => {
			const key = QUICK.find(({ name }) => name === file)!;
			const end = key.text.indexOf('\n-----END');
			for (let at = end - 150; at < end; at++) {
				for (const put of '/A8') {
					const text = key.text.slice(0, at) + put + key.text.slice(at + 1);
					expect([at, put, await outcome(text, key)]).toEqual([at, put, 'refused or the same']);
				}
			}
		},
	);

	async function outcome(text: string, key: KeyFile): Promise<string> {
		try {
			const read = await readsAs(text, PASSPHRASE);
			return read === key.fingerprint ? 'refused or the same' : 'another key';
		} catch (error) {
			if (!(error instanceof WritebackError) || error.reason !== 'setting') return inspect(error);
			return leaks(error, key.text).length === 0 ? 'refused or the same' : `leaks: ${error.message}`;
		}
	}
});
