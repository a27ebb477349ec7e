import { hostKeyUnknown } from '../../nodes/DomoWriteback/destinations/sftp/hostKey';
import { readHostKeys } from '../../nodes/DomoWriteback/destinations/sftp/hostKeyPins';
import { WritebackError } from '../../nodes/DomoWriteback/errors';
import { ED25519, FINGERPRINTS, KEYS, lines, PINS, RSA } from './keys/hosts';
import { pick, readKey, seeded } from './keys/keys';

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

test.each(['', ' \n\t\n', '# nothing yet'])('%j pins nothing', (text) => {
	expect(readHostKeys(text)).toEqual([]);
});

describe('a line that cannot be a pin is refused by its number', () => {
	const ed25519 = ED25519.toString('base64');
	const refused: ReadonlyArray<[line: string, message: string, hint: string]> = [
		[lines('hosts/md5')[0]!, 'is an MD5 fingerprint, which is not accepted', 'ssh-keygen -lf'],
		['MD5:8a:1a:be:6c:72:d3:2d:85:a0:fd:d0:5a:75:af:09:c9', 'is an MD5 fingerprint', 'SHA256'],
		['8a:1a:be:6c:72:d3:2d:85:a0:fd:d0:5a:75:af:09:c9', 'is an MD5 fingerprint', 'SHA256'],
		[`@revoked * ssh-ed25519 ${ed25519}`, 'marks a key as revoked', 'Take the line out'],
		[`@cert-authority *.example.com ssh-ed25519 ${ed25519}`, 'names a certificate authority', 'pin the host key'],
		['ssh-dss AAAAB3NzaC1kc3M=', 'is a DSA key', 'SHA256'],
		[`1024 ${FINGERPRINTS[0]} old (DSA)`, 'is a DSA key', 'SHA256'],
		[FINGERPRINTS.slice(0, 2).join(' '), 'holds more than one fingerprint', 'line of its own'],
		['-----BEGIN OPENSSH PRIVATE KEY-----', 'belongs to a private key', 'Take it out'],
		['SHA256:tooshort', 'is not a fingerprint or a public key', 'SHA256:…'],
		[`${FINGERPRINTS[0]}A`, 'is not a fingerprint or a public key', 'SHA256:…'],
		[`SHA256:${'A'.repeat(42)}B`, 'is not a fingerprint or a public key', 'SHA256:…'],
		[`ssh-ed25519 ${ed25519.slice(0, -8)}`, 'is not a fingerprint or a public key', 'ssh-ed25519 AAAA…'],
		[`ssh-ed25519 ${ed25519},`, 'is not a fingerprint or a public key', 'ssh-ed25519 AAAA…'],
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
