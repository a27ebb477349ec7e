import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

/** The keys that GnuPG makes for the tests. The last two are none that files can be encrypted for. */
const KEYS = {
	rsa: ['rsa3072', 'sign', 'rsa3072'],
	curve: ['ed25519', 'sign', 'cv25519'],
	signOnly: ['ed25519', 'sign', undefined],
	expired: ['ed25519', 'sign', 'cv25519'],
} as const;

export type KeyName = keyof typeof KEYS;

const KEY_NAMES: readonly KeyName[] = ['rsa', 'curve', 'signOnly', 'expired'];

/** GnuPG with a home of its own for each recipient, so that each reads only what is for them. */
export interface Keyring {
	/** Armoured. */
	readonly publicKeys: Readonly<Record<KeyName, string>>;
	/** What an encrypted file holds, for one of its recipients; rejects when the file is damaged or not for them. */
	decrypt(recipient: KeyName, encrypted: Buffer): Promise<Buffer>;
	/** Ends GnuPG's agents and drops the keys. */
	close(): Promise<void>;
}

export async function openKeyring(): Promise<Keyring> {
	const homes = await Promise.all(KEY_NAMES.map(async (name) => [name, await makeHome(name)] as const));
	const homeOf = Object.fromEntries(homes) as Record<KeyName, string>;
	const exported = homes.map(async ([name, home]) => [name, String(await gpg(home, ['--armor', '--export']))] as const);
	return {
		publicKeys: Object.fromEntries(await Promise.all(exported)) as Record<KeyName, string>,
		decrypt: async (recipient, encrypted) => await gpg(homeOf[recipient], ['--decrypt'], encrypted),
		close: async () => {
			for (const [, home] of homes) {
				await run('/usr/bin/gpgconf', ['--homedir', home, '--kill', 'all']);
				await rm(home, { recursive: true, force: true });
			}
		},
	};
}

async function makeHome(name: KeyName): Promise<string> {
	// Sockets of the agent lie in here, and their paths may not be long.
	const home = await mkdtemp(join(tmpdir(), 'gpg-'));
	const [main, usage, encryption] = KEYS[name];
	// With the mark the clock stands still: a second process must not find a key of the next second.
	const made = name === 'expired' ? ['--faked-system-time', '20240101T000000!'] : [];
	const until = name === 'expired' ? '1d' : '0';
	await gpg(home, [...made, '--quick-generate-key', `Test ${name} <${name}@example.com>`, main, usage, until]);
	if (encryption === undefined) return home;
	const listed = String(await gpg(home, ['--with-colons', '--list-keys']));
	const fingerprint = /^fpr:{9}([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '';
	await gpg(home, [...made, '--quick-add-key', fingerprint, encryption, 'encr', until]);
	return home;
}

async function gpg(home: string, args: readonly string[], input: Buffer | string = ''): Promise<Buffer> {
	const quiet = [
		'--homedir',
		home,
		'--batch',
		'--quiet',
		'--no-tty',
		'--pinentry-mode',
		'loopback',
		'--passphrase',
		'',
	];
	return await run('/usr/bin/gpg', [...quiet, ...args], input);
}
