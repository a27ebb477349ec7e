import type { PublicKeyPacket, SecretKeyPacket } from 'openpgp';
import { WritebackError } from '../../../../core/support/errors';
import { readRecipients } from '../../../../core/format/encode/pgpEncrypt';
import { keyPair, revoked } from '../pgpKeys';

/** A minute from now: the keys below are made while the tests run. */
const NOW = new Date(Date.now() + 60_000);
const A_DAY = 86_400;

const anna = keyPair();
const bert = keyPair({ name: 'Bert' });

async function namesIn(text: string): Promise<string[]> {
	const { keys } = await readRecipients(text, NOW);
	return keys.flatMap((key) => key.getUserIDs());
}

async function refusal(text: string, now = NOW): Promise<WritebackError> {
	const fault: unknown = await readRecipients(text, now).then(
		() => undefined,
		(cause: unknown) => cause,
	);
	if (fault instanceof WritebackError) return fault;
	throw new Error('The key was not refused', { cause: fault });
}

/** As gpg and older programs write it, with lines that say who did. */
function commented(armor: string): string {
	return armor.replace(
		'-----\n',
		'-----\nVersion: GnuPG v2.0.22 (GNU/Linux)\nComment: mail me, https://example.com/key\n',
	);
}

test.each<[string, (armor: string) => string]>([
	['as it is', (armor) => armor],
	['with CRLF', (armor) => armor.replaceAll('\n', '\r\n')],
	['with \\n in place of line breaks', (armor) => armor.replaceAll('\n', '\\n')],
	['with \\r\\n in place of line breaks', (armor) => armor.replaceAll('\n', '\\r\\n')],
	['with spaces in place of line breaks', (armor) => armor.replace(/\s+/g, ' ')],
	['without line breaks', (armor) => armor.replace(/[\r\n]+/g, '')],
	['indented', (armor) => armor.replace(/^/gm, '    ')],
	['without its checksum', (armor) => armor.replace(/^=.{4}$/m, '')],
	['quoted in a mail', (armor) => armor.replace(/^/gm, '> ')],
	['after a greeting', (armor) => `Hi,\nhere is my PGP public key:\n\n${armor}\nBye`],
	['after a divider', (armor) => `${'+'.repeat(60)}\n${'x'.repeat(60)}\n${armor}`],
	['beside its fingerprint', (armor) => `${'0123456789ABCDEF'.repeat(4)}\n0x${'89abcdef01'.repeat(4)}\n${armor}`],
	['beside a link to it', (armor) => `https://example.com/teams/Finance/PublicKeys/AnnaMeierAndOthers2026\n${armor}`],
	['with comments', commented],
	['with comments, and spaces in place of line breaks', (armor) => commented(armor).replace(/\s+/g, ' ')],
	['with comments, without line breaks', (armor) => commented(armor).replace(/[\r\n]+/g, '')],
])('a key is read %s', async (_, damage) => {
	expect(await namesIn(damage((await anna).armor))).toEqual(['Anna <anna@example.com>']);
});

test('several blocks are several recipients', async () => {
	expect(await namesIn(`${(await anna).armor}\n${(await bert).armor}`)).toHaveLength(2);
});

test('one block may hold several keys', async () => {
	const { armor, enums } = await import('openpgp');
	const both = Buffer.concat([(await anna).open.write(), (await bert).open.write()]);
	expect(await namesIn(armor(enums.armor.publicKey, both))).toEqual([
		'Anna <anna@example.com>',
		'Bert <bert@example.com>',
	]);
});

test.each([
	['nothing', '', 'it is empty'],
	['blanks', ' \n ', 'it is empty'],
	['something else', 'ssh-ed25519 AAAA', 'it contains no PGP key'],
	['an empty block', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----', 'damaged'],
	[
		'a message',
		'-----BEGIN PGP MESSAGE-----\n\nmDMEabcdefghijklmnopqrstuvwxyz==\n-----END PGP MESSAGE-----',
		'damaged',
	],
])('%s is no key', async (_, text, what) => {
	expect((await refusal(text)).message).toContain(what);
});

test('a key that was cut short is damaged', async () => {
	const { armor } = await anna;
	const lines = armor.split('\n');
	expect((await refusal([...lines.slice(0, 3), ...lines.slice(-3)].join('\n'))).reason).toBe('setting');
});

test('of a key that was cut, its block without end is not read either', async () => {
	expect((await refusal((await anna).armor.slice(0, 300))).message).toBe('PGP Public Key: it contains no PGP key');
});

test('a private key is refused, and not repeated', async () => {
	const { secret } = await anna;
	const { message, hint } = await refusal(secret.armor());
	expect([message, hint.includes(secret.armor().slice(60, 90))]).toEqual([
		'PGP Public Key: a private key was pasted',
		false,
	]);
});

test('a private key without end is refused as one', async () => {
	const { secret } = await anna;
	expect((await refusal(secret.armor().slice(0, 200))).message).toContain('a private key was pasted');
});

test('a private key that calls itself public is refused as well', async () => {
	const { armor, enums } = await import('openpgp');
	const { message } = await refusal(armor(enums.armor.publicKey, (await anna).secret.write()));
	expect(message).toContain('a private key was pasted');
});

test('an expired key is refused with its date', async () => {
	const { armor } = await keyPair({ date: new Date('2020-01-01T00:00:00Z'), validSeconds: A_DAY });
	expect((await refusal(armor)).message).toMatch(
		/^PGP Public Key: the key Anna <anna@example.com> \([0-9A-F]{16}\) expired on 2020-01-02$/,
	);
});

test('an expired subkey for encryption is refused with its date', async () => {
	const date = new Date('2020-01-01T00:00:00Z');
	const { armor } = await keyPair({ date, subkeys: [{ date, keyExpirationTime: A_DAY }] });
	expect((await refusal(armor)).message).toContain('has a subkey for encryption that expired on 2020-01-02');
});

test('a key that was valid then is valid then', async () => {
	const { armor } = await keyPair({ date: new Date('2020-01-01T00:00:00Z'), validSeconds: A_DAY });
	expect((await readRecipients(armor, new Date('2020-01-01T12:00:00Z'))).keys).toHaveLength(1);
});

test('a revoked key is refused', async () => {
	expect((await refusal(await revoked())).message).toContain('was revoked by its owner');
});

test('a key that only signs is refused', async () => {
	const { armor } = await keyPair({ subkeys: [{ sign: true }] });
	expect((await refusal(armor)).message).toContain('has no part that can encrypt files');
});

test('one unusable key among good ones is refused by name', async () => {
	const { armor } = await keyPair({ name: 'Carl', subkeys: [{ sign: true }] });
	expect((await refusal(`${(await anna).armor}\n${armor}`)).message).toContain('Carl <carl@example.com>');
});

test('a key without a user ID is refused as one, as key servers hand it out', async () => {
	const { armor, enums, PacketList } = await import('openpgp');
	const bare = new PacketList<PublicKeyPacket>();
	bare.push((await anna).open.keyPacket as PublicKeyPacket);
	expect((await refusal(armor(enums.armor.publicKey, bare.write()))).message).toMatch(/ has no user ID, so nothing/);
});

test('a key of version 5 is refused as one', async () => {
	const { armor, enums } = await import('openpgp');
	const packet = (await anna).open.write();
	packet[packet[0]! & 0x40 ? 2 : 1 + 2 ** (packet[0]! & 3)] = 5;
	expect((await refusal(armor(enums.armor.publicKey, packet))).message).toContain('a key of version 5');
});

/** One block that holds Anna's key and Bert's, the latter with another byte, in either order. */
async function bothIn(order: 'Anna first' | 'Bert first', at: number, byte: number): Promise<string> {
	const { armor, enums } = await import('openpgp');
	const other = Buffer.from((await bert).open.write());
	other[at] = byte;
	const keys = [(await anna).open.write(), other];
	return armor(enums.armor.publicKey, Buffer.concat(order === 'Anna first' ? keys : keys.reverse()));
}

/** In a key of openpgp: two bytes of head, the version, four bytes of time, the algorithm. */
const VERSION_AT = 2;
const ALGORITHM_AT = 7;

test.each(['Anna first', 'Bert first'] as const)(
	'a block with a key that openpgp passes over is refused, so that no recipient is left out, %s',
	async (order) => {
		expect((await refusal(await bothIn(order, VERSION_AT, 5))).message).toContain('a key of version 5');
		const faults = [
			await refusal(await bothIn(order, VERSION_AT, 3)),
			await refusal(await bothIn(order, VERSION_AT, 7)),
			await refusal(await bothIn(order, ALGORITHM_AT, 99)),
		];
		for (const { message } of faults) {
			expect(message).toBe('PGP Public Key: one block holds 2 keys, and only 1 of them can be used');
		}
	},
);

test('a damaged key in front of another one in its block is not passed over', async () => {
	const { armor, enums } = await import('openpgp');
	const [damaged, other] = [Buffer.from((await anna).open.write()), (await bert).open.write()];
	// The length of its user ID: what follows is in the wrong place.
	damaged[damaged.indexOf('Anna <') - 1] = 200;
	for (const gap of [0, 1, 2]) {
		const both = Buffer.concat([damaged.subarray(0, damaged.length - gap), other]);
		expect((await refusal(armor(enums.armor.publicKey, both))).reason).toBe('setting');
	}
});

test.each<[string, (armor: string) => string]>([
	['without its last line', (armor) => armor.slice(0, armor.indexOf('-----END'))],
	['without its first line', (armor) => armor.slice(armor.indexOf('\n'))],
	['whose last line lacks a letter', (armor) => armor.replace('END PGP PUBLIC KEY BLOCK', 'END PGP PUBLIC KEY BLOC')],
	['whose first line lacks a dash', (armor) => armor.slice(1)],
	['without its first and its last line', (armor) => armor.replace(/-----[^-]*-----/g, '')],
	['with other dashes', (armor) => armor.replaceAll('-----', '—')],
	['whose lines lack a dash', (armor) => armor.replaceAll('-----', '----')],
	['whose lines are in lower case', (armor) => armor.replace(/-----[^-]*-----/g, (line) => line.toLowerCase())],
	["whose lines have spaces that don't break", (armor) => armor.replaceAll('PGP PUBLIC', 'PGP\u00a0PUBLIC')],
	['whose lines have other dashes, and which lacks its data', () => '—BEGIN PGP PUBLIC KEY BLOCK—'],
])('a key %s beside a whole one is refused, so that no recipient is left out', async (_, damage) => {
	const [whole, cut] = [(await anna).armor, damage((await bert).armor)];
	for (const text of [`${whole}\n${cut}`, `${cut}\n${whole}`]) {
		expect((await refusal(text)).message).toBe(
			'PGP Public Key: the first or the last line of a key is missing or damaged',
		);
	}
});

test.each<[string, RegExp, string]>([
	['lost', /-----END[^]*?-----BEGIN[^\n]*-----\n/, 'the text between its first and last line is damaged'],
	['damaged', /-(?=----(?:END[^]*BEGIN|BEGIN[^]*BEGIN))/, 'the first or the last line of a key is missing'],
])('of two keys, the lines between which are %s, none is left out', async (_, between, what) => {
	const [one, other] = [(await anna).armor, (await bert).armor];
	for (const text of [`${one}${other}`, `${other}${one}`]) {
		const damaged = text.replace(between, '');
		expect(damaged).not.toBe(text);
		expect((await refusal(damaged)).message).toContain(what);
	}
});

test('a private key is refused as one also where its first line is damaged', async () => {
	const armor = (await anna).secret.armor().replace('PGP PRIVATE', 'pgp\u00a0private');
	expect((await refusal(armor)).message).toContain('a private key was pasted');
});

test('a revoked subkey for encryption is refused as one', async () => {
	const { secret } = await keyPair({ name: 'Dora' });
	const [subkey] = secret.subkeys;
	secret.subkeys[0] = await subkey!.revoke(secret.keyPacket as SecretKeyPacket);
	const { message } = await refusal(secret.toPublic().armor());
	expect(message).toContain('has a subkey for encryption that was revoked by its owner');
});
