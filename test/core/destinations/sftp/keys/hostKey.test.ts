import {
	fingerprint,
	hostKeyMismatch,
	hostKeyUnknown,
	keyType,
	matches,
	serverHostKeyAlgorithms,
} from '../../../../../core/destinations/sftp/keys/hostKey';
import { readHostKeys } from '../../../../../core/destinations/sftp/keys/hostKeyPins';
import { ED25519, FINGERPRINTS, KEYS, lines, RSA, TYPES } from './keyFiles/hosts';
import { readKey } from './keyFiles/keys';

test('a key has the fingerprint and the type that ssh-keygen says', () => {
	expect(KEYS.map(fingerprint)).toEqual(FINGERPRINTS);
	expect(KEYS.map(keyType)).toEqual(TYPES);
});

test.each([Buffer.alloc(0), Buffer.from([0, 0]), Buffer.from([0, 0, 0, 9, 65])])('%j has no type', (key) => {
	expect(keyType(key)).toBe('unknown');
});

test('a key matches only its own pin', () => {
	KEYS.forEach((key, index) => {
		expect(matches(readHostKeys(FINGERPRINTS[index]!), key)).toBe(true);
		expect(matches(readHostKeys(FINGERPRINTS.toSpliced(index, 1).join('\n')), key)).toBe(false);
	});
	expect(matches([], ED25519)).toBe(false);
});

describe('the algorithms asked for', () => {
	const modern = [...TYPES.slice(0, 4), 'rsa-sha2-512', 'rsa-sha2-256'];

	test('are modern ones in their usual order without a pinned kind', () => {
		expect(serverHostKeyAlgorithms([])).toEqual(modern);
		expect(serverHostKeyAlgorithms(readHostKeys(FINGERPRINTS[4]!))).toEqual(modern);
	});

	test('begin with the pinned kinds', () => {
		expect(serverHostKeyAlgorithms(readHostKeys(lines('hosts/public')[4]!))).toEqual([
			'rsa-sha2-512',
			'rsa-sha2-256',
			...TYPES.slice(0, 4),
		]);
		const two = serverHostKeyAlgorithms(readHostKeys(lines('hosts/fingerprints').slice(2, 4).join('\n')));
		expect(two).toEqual([...TYPES.slice(2, 4), ...TYPES.slice(0, 2), 'rsa-sha2-512', 'rsa-sha2-256']);
	});

	test('never hold SHA-1 or DSA, whatever is pinned', () => {
		expect(serverHostKeyAlgorithms(readHostKeys(readKey('hosts/public')))).toEqual(modern);
	});
});

describe('what the user is told', () => {
	test('of a host key that is not known', () => {
		const error = hostKeyUnknown('sftp.example.com', 2222, ED25519);
		expect(error).toMatchObject({ reason: 'hostKeyUnknown', retryable: false });
		expect(error.message).toBe(
			`The host key of sftp.example.com:2222 is not pinned yet: it offers ${FINGERPRINTS[0]} (ssh-ed25519)`,
		);
		expect(error.hint).toContain('ssh-keyscan -p 2222 sftp.example.com | ssh-keygen -lf -');
		expect(error.hint).toContain("credential's 'Host Key Fingerprint'");
	});

	test('of a host key that is another', () => {
		const error = hostKeyMismatch('2001:db8::7', 22, readHostKeys(lines('hosts/public').slice(1, 3).join('\n')), RSA);
		expect(error).toMatchObject({ reason: 'hostKeyMismatch', retryable: false });
		expect(error.message).toBe(
			`The host key of [2001:db8::7]:22 is not the expected one: expected ${FINGERPRINTS[1]} (ecdsa-sha2-nistp256) or ${FINGERPRINTS[2]} (ecdsa-sha2-nistp384), offered ${FINGERPRINTS[4]} (ssh-rsa)`,
		);
		expect(error.hint).toContain('ssh-keyscan -p 22 2001:db8::7 | ssh-keygen -lf -');
		expect(error.hint).not.toMatch(/paste|replace|another type/u);
	});

	test('of a pin without its kind, which may be that of another key of the server', () => {
		expect(hostKeyMismatch('h', 22, readHostKeys(FINGERPRINTS[1]!), RSA).hint).toContain('another type of key');
	});

	test('of a key type made to harm', () => {
		const key = Buffer.concat([Buffer.from([0, 0, 0, 6]), Buffer.from('\u001b[2Ja\n')]);
		expect(hostKeyUnknown('h', 22, key).message).not.toMatch(/\p{Cc}/u);
	});
});
