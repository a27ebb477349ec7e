import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encryptPgp, readRecipients } from '../../../../core/format/encode/pgpEncrypt';
import { run } from '../../../formats/readers/run';
import { bodyOf, bytesOf } from '../bodies';

const exec = promisify(execFile);
const NOW = new Date(Date.now() + 60_000);

let home: string;
beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'gpg-'));
});
afterAll(async () => {
	await exec('/usr/bin/gpgconf', ['--homedir', home, '--kill', 'all']);
	await rm(home, { recursive: true, force: true });
});

const QUIET = ['--batch', '--quiet', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', ''];
const gpg = async (args: readonly string[], input: Buffer | string = '') =>
	await run('/usr/bin/gpg', ['--homedir', home, ...QUIET, ...args], input);

/** A key that GnuPG makes, armoured. */
async function made(main: string, encryption: string | undefined): Promise<string> {
	const name = `${main}-${encryption}@example.com`;
	await gpg(['--quick-generate-key', `Test <${name}>`, main, 'sign', '0']);
	const listed = String(await gpg(['--with-colons', '--list-keys', name]));
	const fingerprint = /^fpr:{9}([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '';
	if (encryption !== undefined) await gpg(['--quick-add-key', fingerprint, encryption, 'encr', '0']);
	return String(await gpg(['--armor', '--export', name]));
}

test.each([
	['ed25519', 'cv25519'],
	['rsa2048', 'rsa2048'],
	['nistp256', 'nistp256'],
	['nistp521', 'nistp521'],
	['brainpoolP256r1', 'brainpoolP256r1'],
	['brainpoolP384r1', 'brainpoolP384r1'],
	['brainpoolP512r1', 'brainpoolP512r1'],
	['ed25519', 'brainpoolP256r1'],
])(
	'GnuPG reads what is encrypted for its key of %s and %s',
	async (main, encryption) => {
		const recipients = await readRecipients(await made(main, encryption), NOW);
		const file = await bytesOf(
			encryptPgp(recipients, { armor: false, fileName: 'a.csv' })(bodyOf([Buffer.from('a,b\n')])),
		);
		expect(String(await gpg(['--decrypt'], file))).toBe('a,b\n');
	},
	60_000,
);

test.each([
	['rsa1024', 'rsa2048', 'has a main key that is too weak (RSA, 1024 bits)'],
	['rsa2048', 'rsa1024', 'has a subkey for encryption that is too weak (RSA, 1024 bits)'],
	['dsa2048', 'rsa2048', 'has a main key that is of a kind that is no longer accepted (DSA)'],
	['rsa2048', 'elg2048', 'has a subkey for encryption that is of a kind that is no longer accepted (ElGamal)'],
	['secp256k1', 'rsa2048', 'has a main key that is on a curve that is not accepted (secp256k1)'],
	['ed25519', undefined, 'has no part that can encrypt files'],
])(
	"GnuPG's key of %s and %s is refused for what it is",
	async (main, encryption, says) => {
		const tried = readRecipients(await made(main, encryption), NOW);
		await expect(tried).rejects.toMatchObject({ reason: 'setting', message: expect.stringContaining(says) });
	},
	60_000,
);
