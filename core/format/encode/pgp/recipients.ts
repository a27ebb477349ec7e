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
	const { blocks, isCut } = armoredBlocks(text);
	if (blocks.length === 0)
		throw invalidParameter(LABEL, text.trim() === '' ? 'it is empty' : 'it contains no PGP key', EXAMPLE);
	if (isCut) throw invalidParameter(LABEL, 'the first or the last line of a key is missing or damaged', EXAMPLE);
	const keys: PublicKey[] = [];
	for (const readings of blocks) {
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
		if (keys.length === 0) continue;
		refuseLeftOut(keyVersions(binaryKeys), keys.length);
		return keys;
	}
	if (readings.some((data) => keyVersions(data)[0] === 5)) throw ofVersion5();
	throw invalidParameter(LABEL, "the text between its first and last line is damaged or isn't a public key", EXAMPLE);
}

/** openpgp passes over a key of a version or a kind that it does not know, and its owner could not read the file. */
function refuseLeftOut(versions: readonly number[], read: number): void {
	if (versions.length <= read) return;
	if (versions.includes(5)) throw ofVersion5();
	throw invalidParameter(
		LABEL,
		`one block holds ${versions.length} keys, and only ${read} of them can be used`,
		'Paste every key as a block of its own to see which one it is, and ask its owner for an RSA or a Curve 25519 key.',
	);
}

/** The versions of the keys in a sequence of packets, public or private, without their subkeys (RFC 9580, 4.2 and 5.5). */
function keyVersions(data: Buffer): readonly number[] {
	const versions: number[] = [];
	for (let start = 0; start < data.length; ) {
		const { tag, body, end } = packetAt(data, start);
		if (tag === 5 || tag === 6) versions.push(data[body] ?? 0);
		start = end;
	}
	return versions;
}

/** Ends nowhere when its length is not told, or when it is no packet. */
function packetAt(data: Buffer, start: number): { readonly tag: number; readonly body: number; readonly end: number } {
	const [head = 0, first = 0, second = 0] = data.subarray(start);
	const packet = (tag: number, sizeBytes: number, length: number) => {
		const body = start + 1 + sizeBytes;
		return { tag, body, end: body + length };
	};
	const number = (from: number, bytes: number) =>
		data.subarray(from, from + bytes).reduce((sum, byte) => 256 * sum + byte, 0);
	if ((head & 0x80) === 0) return packet(0, 0, Infinity);
	if ((head & 0x40) === 0) {
		const [tag, bytes] = [(head >> 2) & 0x0f, 2 ** (head & 3)];
		return bytes === 8 ? packet(tag, 0, Infinity) : packet(tag, bytes, number(start + 1, bytes));
	}
	const tag = head & 0x3f;
	if (first < 192) return packet(tag, 1, first);
	if (first < 224) return packet(tag, 2, 256 * (first - 192) + second + 192);
	return first === 255 ? packet(tag, 5, number(start + 2, 4)) : packet(tag, 1, Infinity);
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
