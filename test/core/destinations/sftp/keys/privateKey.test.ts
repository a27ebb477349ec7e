import { uint32, writeSshStrings } from '../../../../../core/destinations/sftp/keys/sshStrings';
import { PASSPHRASE, QUICK, readKey, WORKING } from './keyFiles/keys';
import { readsAs, refusal } from './keyFiles/reading';

const encrypted = WORKING.filter((key) => key.encrypted);

test('the folder of keys is complete', () => {
	expect(WORKING).toHaveLength(77);
});

test.each(WORKING)('$name is read as the key that made it', async ({ text, encrypted, fingerprint }) => {
	expect(await readsAs(text, encrypted ? PASSPHRASE : undefined)).toBe(fingerprint);
});

test('the passphrase of a key that has none is ignored', async () => {
	for (const key of QUICK.filter((key) => !key.encrypted)) {
		expect(await readsAs(key.text, 'any')).toBe(key.fingerprint);
	}
});

test.each(encrypted)('$name asks for its passphrase', async ({ text }) => {
	expect((await refusal(text)).message).toBe('Passphrase: the private key is encrypted');
	expect((await refusal(text, '')).message).toBe('Passphrase: the private key is encrypted');
});

test.each(encrypted)('$name says that another passphrase is wrong', async ({ text }) => {
	expect((await refusal(text, 'Open Sesame')).message).toBe('Passphrase: it does not open the private key');
});

describe('a key that cannot be used is refused', () => {
	const refused: ReadonlyArray<[file: string, message: string, hint: string]> = [
		['public.openssh', 'this is the public half of a key', 'without .pub'],
		['public.pkcs1', 'this is the public half of a key', 'without .pub'],
		['public.spki', 'this is the public half of a key', 'without .pub'],
		['public.rfc4716', 'this is the public half of a key', 'without .pub'],
		['public.certificate', 'this is the public half of a key', 'without .pub'],
		['public.x509', 'this is the public half of a key', 'without .pub'],
		['version.ppk', 'version 4', 'Export OpenSSH key'],
		['argon2.Memory', 'more memory or more passes', '8192 KiB'],
		['argon2.Passes', 'more memory or more passes', '8192 KiB'],
		['sshcom.sshcom', 'ssh.com', 'puttygen key.ppk -O private-openssh -o key'],
		['dsa.openssh', 'DSA', 'ssh-keygen -t ed25519'],
		['dsa.pem', 'DSA', 'ssh-keygen -t ed25519'],
		['dsa.ppk', 'DSA', 'ssh-keygen -t ed25519'],
		['kind.ed448', 'of this kind', 'ssh-keygen -t ed25519'],
		['kind.ppk', 'of this kind', 'ssh-keygen -t ed25519'],
		['kind.rsa-pss', 'of this kind', 'ssh-keygen -t ed25519'],
		['kind.secp256k1', 'of this kind', 'ssh-keygen -t ed25519'],
		['kind.x25519', 'of this kind', 'ssh-keygen -t ed25519'],
		['encryption.openssh.chacha20', 'the encryption of this key', 'ssh-keygen -p -Z aes256-ctr'],
		['encryption.pkcs1.des', 'the encryption of this key', 'ssh-keygen -p -Z aes256-ctr'],
		['encryption.pkcs8.pbe-md5-des', 'the encryption of this key', 'ssh-keygen -p -Z aes256-ctr'],
	];
	test.each(refused)('%s: %s', async (file, message, hint) => {
		const error = await refusal(readKey(`refused/${file}`), PASSPHRASE);
		expect(error.message).toMatch(/^Private Key: /u);
		expect(error.message).toContain(message);
		expect(error.hint).toContain(hint);
	});

	test.each(['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'])(
		'%s, kept in hardware',
		async (type) => {
			expect((await refusal(opensshKey('none', '', writeSshStrings(type)))).message).toContain('hardware security key');
		},
	);

	test('a certificate in place of the key', async () => {
		const type = 'ssh-ed25519-cert-v01@openssh.com';
		expect((await refusal(opensshKey('none', '', writeSshStrings(type)))).message).toContain(
			'a certificate cannot be used',
		);
	});

	test('encryption that would hold up everything else for minutes', async () => {
		const options = Buffer.concat([writeSshStrings('salt of 16 bytes'), uint32(1_000_000)]);
		const text = opensshKey('aes256-ctr', options, writeSshStrings('ssh-ed25519', Buffer.alloc(32)));
		expect((await refusal(text, PASSPHRASE)).message).toContain('the encryption of this key');
	});

	test.each(['', '  \n', '\u00a0'])('empty %j', async (text) => {
		expect((await refusal(text)).message).toBe('Private Key: it is empty');
	});

	test.each(['hunter2', '{"key":1}', 'AAAAC3NzaC1lZDI1NTE5', '/home/me/.ssh/id_rsa'])(
		'no key at all %j',
		async (text) => {
			expect((await refusal(text)).message).toBe('Private Key: this is not a private key');
		},
	);
});

/** A key in OpenSSH's format that ssh-keygen makes only with a token, or with patience. */
function opensshKey(cipher: string, options: Buffer | string, publicKey: Buffer): string {
	const head = Buffer.concat([Buffer.from('openssh-key-v1\0'), writeSshStrings(cipher, 'bcrypt', options), uint32(1)]);
	const base64 = Buffer.concat([head, writeSshStrings(publicKey, Buffer.alloc(64))]).toString('base64');
	return `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
