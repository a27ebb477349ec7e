import type { Key, PublicKey } from 'openpgp';
import { armoredBlocks, holdsPrivateKey } from './armor';
import { dayOf, hasExpired, unusableReason } from './keyUsability';
import { invalidParameter, sanitize } from '../../../support/errors';

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
	const found = armoredBlocks(text);
	if (found.length === 0)
		throw invalidParameter(LABEL, text.trim() === '' ? 'it is empty' : 'it contains no PGP key', EXAMPLE);
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
	if (readings.some(isVersion5)) throw ofVersion5();
	throw invalidParameter(LABEL, "the text between its first and last line is damaged or isn't a public key", EXAMPLE);
}

/** A public key packet (RFC 9580, 4.2 and 5.5.2) of the version that only GnuPG 2.4 and LibrePGP write. */
function isVersion5(data: Buffer): boolean {
	const [tag = 0, length = 0] = data;
	// The old form of a packet's head tells how long its length is, the new one has a byte or two of it.
	const head = (tag & 0x40) === 0 ? 1 + 2 ** (tag & 3) : length < 192 ? 2 : 3;
	return (tag === 0x98 || tag === 0x99 || tag === 0xc6) && data[head] === 5;
}

function ofVersion5(): Error {
	return invalidParameter(
		LABEL,
		'a key of version 5, which only GnuPG 2.4 reads, cannot be used',
		'Ask the recipient for an RSA or a Curve 25519 key; GnuPG makes such a key with gpg --quick-generate-key NAME future-default.',
	);
}

function isPrivate(): Error {
	return invalidParameter(
		LABEL,
		'a private key was pasted',
		'Remove it, and never share it: with the private key, the files can be decrypted. Paste the public key that belongs to it: -----BEGIN PGP PUBLIC KEY BLOCK-----.',
	);
}

/** A key that files cannot be encrypted for; `what` says why. */
export function unusableKey(key: Named, what: string): Error {
	return invalidParameter(
		LABEL,
		`the key ${nameOf(key)} ${what}`,
		'Ask the recipient for a public key that is valid, and paste it here.',
	);
}

type Named = Pick<PublicKey, 'getKeyID' | 'getUserIDs'>;

async function refuseUnusable(key: PublicKey, now: Date): Promise<void> {
	const refused = (what: string) => unusableKey(key, what);
	if (await key.isRevoked(undefined, undefined, now)) throw refused('was revoked by its owner');
	if (key.getCreationTime() > now) throw refused(`is dated ${dayOf(key.getCreationTime())}, which is in the future`);
	if (key.keyPacket.version < 6 && key.users.length === 0) throw withoutUser(key);
	const expired = hasExpired(await key.getExpirationTime(), now);
	if (expired !== undefined) throw refused(`expired on ${expired}`);
	try {
		await key.getEncryptionKey(undefined, now);
	} catch {
		throw refused(await unusableReason(key, now));
	}
}
/** The self-signature of a user ID says what a key is for, and until when; gpg does not read such a key either. */
function withoutUser(key: PublicKey): Error {
	return invalidParameter(
		LABEL,
		`the key ${nameOf(key)} has no user ID, so nothing in it proves that its owner made it`,
		'Ask the recipient for the whole key (gpg --armor --export). Key servers such as keys.openpgp.org leave the user ID out until its owner has confirmed the address.',
	);
}

/** Its user ID, and its key ID as gpg shows it. */
function nameOf(key: Named): string {
	const id = key.getKeyID().toHex().toUpperCase();
	const user = key.getUserIDs()[0];
	return user === undefined ? id : `${sanitize(user)} (${id})`;
}
