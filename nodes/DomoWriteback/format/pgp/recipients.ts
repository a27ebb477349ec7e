import type { Key, PublicKey } from 'openpgp';
import { badSetting, shown } from '../../errors';
import { blocks, holdsPrivateKey } from './armour';

const LABEL = 'PGP Public Key';
const EXAMPLE = 'Paste the whole text from -----BEGIN PGP PUBLIC KEY BLOCK----- to -----END PGP PUBLIC KEY BLOCK-----.';

/** Whom files are encrypted for. */
export interface Recipients {
	readonly keys: readonly PublicKey[];
}

/**
 * Reads the field PGP Public Key: the keys of one or several recipients, in any number of armoured blocks. Rejects with `setting` unless every
 * one of them can be encrypted for at the time `now`.
 */
export async function readRecipients(text: string, now: Date): Promise<Recipients> {
	if (holdsPrivateKey(text)) throw isPrivate();
	const found = blocks(text);
	if (found.length === 0) throw badSetting(LABEL, text.trim() === '' ? 'it is empty' : 'it holds no PGP key', EXAMPLE);
	const keys: PublicKey[] = [];
	for (const readings of found) {
		for (const key of await firstReadable(readings)) {
			if (key.isPrivate()) throw isPrivate();
			await refuseUnusable(key, now);
			keys.push(key);
		}
	}
	return { keys };
}

async function firstReadable(readings: readonly Buffer[]): Promise<readonly Key[]> {
	const { readKeys } = await import('openpgp');
	for (const binaryKeys of readings) {
		const keys = await readKeys({ binaryKeys }).catch(() => []);
		if (keys.length > 0) return keys;
	}
	throw badSetting(LABEL, 'what stands between its first and last line is damaged or is no public key', EXAMPLE);
}

function isPrivate(): Error {
	return badSetting(
		LABEL,
		'a private key was pasted',
		'Remove it, and never hand it to anybody: whoever has it can read the files. The public key that belongs to it is meant: -----BEGIN PGP PUBLIC KEY BLOCK-----.',
	);
}

async function refuseUnusable(key: PublicKey, now: Date): Promise<void> {
	const refused = (what: string) =>
		badSetting(
			LABEL,
			`the key ${nameOf(key)} ${what}`,
			'Ask the recipient for a public key that is valid, and paste it here.',
		);
	if (await key.isRevoked(undefined, undefined, now)) throw refused('was revoked by its owner');
	const expired = hasExpired(await key.getExpirationTime(), now);
	if (expired !== undefined) throw refused(`expired on ${expired}`);
	try {
		await key.getEncryptionKey(undefined, now);
	} catch {
		throw refused((await whyNot(key, now)) ?? 'has no part that files can be encrypted with');
	}
}

/** Keys that may sign only and keys that may encrypt are subkeys, each with a life of its own. */
async function whyNot(key: PublicKey, now: Date): Promise<string | undefined> {
	if (key.getCreationTime() > now) return `is dated ${dayOf(key.getCreationTime())}, which is still to come`;
	const { enums } = await import('openpgp');
	for (const subkey of key.getSubkeys()) {
		const flags = subkey.bindingSignatures[0]?.keyFlags?.[0] ?? 0;
		if ((flags & (enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage)) === 0) continue;
		const expired = hasExpired(await subkey.getExpirationTime(undefined), now);
		if (expired !== undefined) return `has a subkey for encryption that expired on ${expired}`;
		const { algorithm, bits } = subkey.getAlgorithmInfo();
		return `has a subkey for encryption that cannot be used or is too weak (${algorithm}${bits === undefined ? '' : `, ${bits} bits`})`;
	}
	return undefined;
}

function hasExpired(time: Date | number | null, now: Date): string | undefined {
	return time instanceof Date && time <= now ? dayOf(time) : undefined;
}

function dayOf(time: Date): string {
	return time.toISOString().slice(0, 10);
}

/** Its user ID, and its key ID as gpg shows it. */
function nameOf(key: PublicKey): string {
	const id = key.getKeyID().toHex().toUpperCase();
	const user = key.getUserIDs()[0];
	return user === undefined ? id : `${shown(user)} (${id})`;
}
