import { hostKeyUnknown } from '../../../../../core/destinations/sftp/keys/hostKey';
import { readHostKeys } from '../../../../../core/destinations/sftp/keys/hostKeyPins';
import { writeSshStrings } from '../../../../../core/destinations/sftp/keys/sshStrings';
import { WritebackError } from '../../../../../core/support/errors';
import { ED25519, FINGERPRINTS, KEYS, lines, PINS, RSA, TYPES } from './keyFiles/hosts';
import { pick, readKey, seeded } from './keyFiles/keys';

describe('the keys of one server are pinned', () => {
	test.each(['public', 'known_hosts', 'known_hosts.port', 'known_hosts.hashed', 'fingerprints'])('by %s', (file) => {
		expect(readHostKeys(readKey(`hosts/${file}`))).toEqual(PINS);
	});

	test.each(['%', '%=', ' %\t', '%.', 'ED25519 key fingerprint is %.'])('by fingerprints alone, as %s', (form) => {
		const text = FINGERPRINTS.map((shown) => form.replace('%', shown)).join('\r\n');
		expect(readHostKeys(text)).toEqual(FINGERPRINTS.map((shown) => ({ fingerprint: shown, keyType: undefined })));
	});

	test('by the text that hostKeyUnknown offers to paste', () => {
		const pasted = KEYS.map((key) => /paste (.+?) into/u.exec(hostKeyUnknown('h', 22, key).hint)?.[1]).join('\n');
		expect(readHostKeys(pasted)).toEqual(PINS);
	});

	test('between comments and empty lines', () => {
		const text = `# sftp.example.com:22 SSH-2.0-OpenSSH_9.2p1\n\n  ${lines('hosts/known_hosts')[0]}\n   \n#`;
		expect(readHostKeys(text)).toEqual(PINS.slice(0, 1));
	});

	test('by the key, not by a fingerprint in its comment', () => {
		expect(readHostKeys(`ssh-rsa ${RSA.toString('base64')} ${FINGERPRINTS[0]}`)).toEqual(PINS.slice(4));
	});
});

/** A fingerprint without `SHA256:` and without `=`. */
const base64Of = (shown: string) => shown.slice('SHA256:'.length);
const hexOf = (shown: string) => Buffer.from(base64Of(shown), 'base64').toString('hex');
const bitsOf = ['255', '256', '384', '521', '2048'];

describe('a fingerprint is read as people have it', () => {
	const known: ReadonlyArray<readonly [where: string, form: (shown: string, type: string, at: number) => string]> = [
		["by WinSCP's and PuTTY's dialogs", (shown, type, at) => `${type} ${bitsOf[at]} ${shown}`],
		["by WinSCP's site settings", (shown, type, at) => `${type} ${bitsOf[at]} ${base64Of(shown)}=`],
		['by WinSCP, in quotes', (shown, type, at) => `-hostkey="${type} ${bitsOf[at]} ${base64Of(shown)}="`],
		["in a row of Azure's page", (shown, type) => `| West Europe | ${type} | \`${base64Of(shown)}=\` | 12/31/2026 |`],
		[
			"in a row of Azure's page without spaces",
			(shown, type) => `|West Europe|${type}|${base64Of(shown)}=|12/31/2026|`,
		],
		["in a copied row of Azure's page", (shown, type) => `westeurope\t${type}\t${base64Of(shown)}=\t2026-12-31`],
		['in a list', (shown, type) => `- ${type}: \`${shown}\``],
		['in a list with dots', (shown, type) => `• ${shown} (${type})`],
	];
	test.each(known)('%s, with its kind', (_where, form) => {
		const text = FINGERPRINTS.map((shown, at) => form(shown, TYPES[at]!, at)).join('\n');
		expect(readHostKeys(text)).toEqual(PINS);
		expect(readHostKeys(text.replaceAll('\n', '\r\n'))).toEqual(PINS);
	});

	test.each<[string, (shown: string) => string]>([
		['in lower case', (shown) => shown.replace('SHA256', 'sha256')],
		['with a dash', (shown) => shown.replace('SHA256', 'SHA-256')],
		['with a space behind the colon', (shown) => shown.replace(':', ': ')],
		['with =', (shown) => `${shown}=`],
		['as base64 with =', (shown) => `${base64Of(shown)}=`],
		['as base64 alone', base64Of],
		['as hex', hexOf],
		['as hex in capitals', (shown) => hexOf(shown).toUpperCase()],
		['as hex with colons', (shown) => hexOf(shown).replace(/..(?!$)/gu, '$&:')],
		['as hex with its name', (shown) => `SHA256:${hexOf(shown)}`],
		['as an SSHFP record', (shown) => `sftp.example.com. IN SSHFP 4 2 ${hexOf(shown)}`],
		['in quotes', (shown) => `"${shown}"`],
		["in a sentence of OpenSSH's", (shown) => `ED25519 key fingerprint is ${shown}.`],
		['beside its MD5', (shown) => `MD5:8a:1a:be:6c:72:d3:2d:85:a0:fd:d0:5a:75:af:09:c9 ${shown}`],
	])('%s', (_how, form) => {
		expect(readHostKeys(FINGERPRINTS.map(form).join('\n'))).toEqual(
			FINGERPRINTS.map((shown) => ({ fingerprint: shown, keyType: undefined })),
		);
	});

	test.each([', ', ',', ' ', '; ', '\t', '\n', ' | '])('several in a line, parted by %j', (between) => {
		const plain = FINGERPRINTS.map((shown) => ({ fingerprint: shown, keyType: undefined }));
		expect(readHostKeys(FINGERPRINTS.join(between))).toEqual(plain);
		expect(readHostKeys(FINGERPRINTS.map((shown) => `${base64Of(shown)}=`).join(between))).toEqual(plain);
		expect(readHostKeys(lines('hosts/public').join(between))).toEqual(PINS);
	});

	test('several in a line with their kinds, parted by commas', () => {
		expect(readHostKeys(FINGERPRINTS.map((shown, at) => `${shown} (${TYPES[at]})`).join(', '))).toEqual(PINS);
	});

	test('under the heads of tables and dialogs, and once where a row has the key, too', () => {
		const rows = lines('hosts/public').map((line, at) => {
			const [type, key] = line.split(' ');
			return `| West Europe | ${type} | ${base64Of(FINGERPRINTS[at]!)}= | ${type} ${key} |`;
		});
		const head = '| Region | Host key type | SHA 256 fingerprint | Public key |\n|---|:---|---|---|';
		expect(readHostKeys(`The server's host key fingerprint is:\n\n${head}\n${rows.join('\n')}`)).toEqual(PINS);
	});

	test('as a key without the name of its kind', () => {
		expect(readHostKeys(KEYS.map((key) => key.toString('base64')).join('\n'))).toEqual(PINS);
	});
});

test.each(['', ' \n\t\n', '# nothing yet'])('%j pins nothing', (text) => {
	expect(readHostKeys(text)).toEqual([]);
});

describe('a line that cannot be a pin is refused by its number', () => {
	const ed25519 = ED25519.toString('base64');
	const refused: ReadonlyArray<[line: string, message: string, hint: string]> = [
		[lines('hosts/md5')[0]!, 'is an MD5 fingerprint, which is not accepted', 'ssh-keygen -lf'],
		['MD5:8a:1a:be:6c:72:d3:2d:85:a0:fd:d0:5a:75:af:09:c9', 'is an MD5 fingerprint', 'SHA256'],
		['8a:1a:be:6c:72:d3:2d:85:a0:fd:d0:5a:75:af:09:c9', 'is an MD5 fingerprint', 'SHA256'],
		[`@revoked * ssh-ed25519 ${ed25519}`, 'marks a key as revoked', 'Remove the line'],
		[`@cert-authority *.example.com ssh-ed25519 ${ed25519}`, 'names a certificate authority', 'pin the host key'],
		['ssh-dss AAAAB3NzaC1kc3M=', 'is a DSA key', 'SHA256'],
		[`1024 ${FINGERPRINTS[0]} old (DSA)`, 'is a DSA key', 'SHA256'],
		['SHA1:27Dp4vlmZfmZ3qXCqbbJ0GGPvNk', 'is a SHA-1 fingerprint', 'SHA256: followed by'],
		['8a1abe6c72d32d85a0fdd05a75af09c9', 'is an MD5 fingerprint', 'SHA256: followed by'],
		[`${FINGERPRINTS[0]}, SHA256:short`, 'is not a fingerprint or a public key', 'SHA256:…'],
		['SHA256:', 'is not a fingerprint or a public key', 'SHA256:…'],
		['-----BEGIN OPENSSH PRIVATE KEY-----', 'belongs to a private key', 'Remove it'],
		['SHA256:tooshort', 'is not a fingerprint or a public key', 'SHA256:…'],
		[`${FINGERPRINTS[0]}A`, 'is not a fingerprint or a public key', 'SHA256:…'],
		[`SHA256:${'A'.repeat(42)}B`, 'is not a fingerprint or a public key', 'SHA256:…'],
		[`ssh-ed25519 ${ed25519.slice(0, -8)}`, 'is not a fingerprint or a public key', 'ssh-ed25519 AAAA…'],
		...['ssh-ed25519', 'ecdsa-sha2-nistp256 nistp256', 'ecdsa-sha2-nistp384 nistp256', 'ssh-rsa e'].map(
			(fields): [string, string, string] => [
				writeSshStrings(...fields.split(' '), '').toString('base64'),
				'is not a fingerprint or a public key',
				'ssh-ed25519 AAAA…',
			],
		),
		[`ssh-rsa ${ed25519}`, 'is not a fingerprint or a public key', 'ssh-ed25519 AAAA…'],
		['ssh-ed25519', 'is not a fingerprint or a public key', 'ssh-ed25519 AAAA…'],
		['sftp.example.com', 'is not a fingerprint or a public key', 'SHA256:…'],
	];
	test.each(refused)('%s', (line, message, hint) => {
		const error = refusal(`# first\n${FINGERPRINTS[0]}\n\n${line}\n`);
		expect(error).toMatchObject({ reason: 'setting', retryable: false });
		expect(error.message).toContain(`Host Key Fingerprint: line 4 ${message}`);
		expect(error.hint).toContain(hint);
	});
});

test('no damage to a line pins another key without a word', () => {
	const random = seeded(3);
	const all = ['public', 'known_hosts', 'known_hosts.hashed'].flatMap((file) => lines(`hosts/${file}`));
	for (let round = 0; round < 10_000; round++) {
		const line = pick(random, all);
		const damaged = line.slice(0, Math.floor(random() * line.length));
		expect([damaged, readsLike(damaged)]).toEqual([damaged, expect.stringMatching(/^(?:pinned|refused|nothing)$/u)]);
	}

	function readsLike(text: string): string {
		try {
			const pins = readHostKeys(text);
			if (pins.length === 0) return 'nothing';
			return pins.every((pin) => FINGERPRINTS.includes(pin.fingerprint)) ? 'pinned' : 'another key';
		} catch (error) {
			return error instanceof WritebackError && error.reason === 'setting' ? 'refused' : String(error);
		}
	}
});

function refusal(text: string): WritebackError {
	try {
		readHostKeys(text);
	} catch (error) {
		expect(error).toBeInstanceOf(WritebackError);
		return error as WritebackError;
	}
	throw new Error('The line was read');
}
