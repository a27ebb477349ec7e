import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { readSshStrings } from './sshStrings';
import { sanitize, WritebackError } from '../../../support/errors';
import type { Redact } from '../../../support/redact/redactor';

/** A host key that the user trusts. */
export interface HostKeyPin {
	/** `SHA256:` and base64 without `=`, as OpenSSH shows it. */
	readonly fingerprint: string;
	/** E.g. `ssh-ed25519`; not known from a fingerprint alone. */
	readonly keyType: HostKeyType | undefined;
}

export type HostKeyType =
	| 'ssh-ed25519'
	| 'ecdsa-sha2-nistp256'
	| 'ecdsa-sha2-nistp384'
	| 'ecdsa-sha2-nistp521'
	| 'ssh-rsa';

/** Best first: OpenSSH's order, without what rests on SHA-1 or DSA. */
const HOST_KEY_TYPES: readonly HostKeyType[] = [
	'ssh-ed25519',
	'ecdsa-sha2-nistp256',
	'ecdsa-sha2-nistp384',
	'ecdsa-sha2-nistp521',
	'ssh-rsa',
];

/** An RSA key signs with SHA-2 (RFC 8332); the algorithm named like the key type, ssh-rsa, is SHA-1. */
const RSA_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = ['rsa-sha2-512', 'rsa-sha2-256'];

export function isHostKeyType(type: string | undefined): type is HostKeyType {
	return HOST_KEY_TYPES.some((types) => types === type);
}

/** What OpenSSH shows for a host key in its binary form: SHA-256, base64 without `=`. */
export function fingerprint(key: Buffer): string {
	return `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;
}

/** The name a host key in its binary form begins with (RFC 4253 section 6.6), or `unknown`. */
export function keyType(key: Buffer): string {
	return readSshStrings(key, 1)?.[0]?.toString() || 'unknown';
}

/** Whether `key` is one of the pinned keys. */
export function matches(pins: readonly HostKeyPin[], key: Buffer): boolean {
	const offered = fingerprint(key);
	return pins.some((pin) => pin.fingerprint === offered);
}

/**
 * Host key algorithms to ask for, the pinned kinds first: the server answers with the first it has (RFC 4253 section 7.1).
 * Never SHA-1 or DSA.
 */
export function serverHostKeyAlgorithms(pins: readonly HostKeyPin[]): ServerHostKeyAlgorithm[] {
	const pinned = HOST_KEY_TYPES.filter((type) => pins.some((pin) => pin.keyType === type));
	const types = new Set([...pinned, ...HOST_KEY_TYPES]);
	return [...types].flatMap((type) => (type === 'ssh-rsa' ? RSA_ALGORITHMS : [type]));
}

/** The server offers `key` and nothing is pinned: shown ready to paste, once it was compared. Reason 'hostKeyUnknown'. */
export function hostKeyUnknown(host: string, port: number, key: Buffer, redact?: Redact): WritebackError {
	return new WritebackError(
		'hostKeyUnknown',
		`The host key of ${place(host, port)} is not pinned yet: it offers ${offer(key, redact)}`,
		{
			hint: `Ask the server's administrator for the fingerprint (they can show it with: ${scan(host, port)}). If it is the same, paste ${offer(key, redact)} into the credential's 'Host Key Fingerprint'.`,
		},
	);
}

/** The server offers another key than those pinned. Reason 'hostKeyMismatch'. */
export function hostKeyMismatch(
	host: string,
	port: number,
	pins: readonly HostKeyPin[],
	key: Buffer,
	redact?: Redact,
): WritebackError {
	const message = `The host key of ${place(host, port)} is not the expected one: expected ${pins.map(expected).join(' or ')}, offered ${offer(key, redact)}`;
	return new WritebackError('hostKeyMismatch', message, {
		hint: `Nothing was sent. Another machine may be answering in the server's place, or the server got a new key: ask its administrator, through another channel than this connection, which fingerprints are correct (they can show them with: ${scan(host, port)}). Don't change the credential until they have confirmed a new key.${otherKinds(pins)}`,
	});
}

/** A server holds a key of each kind, and which one it offers follows from the kinds that were pinned. */
function otherKinds(pins: readonly HostKeyPin[]): string {
	return pins.every((pin) => pin.keyType !== undefined)
		? ''
		: ' If the expected fingerprint belongs to another type of key of the same server, pin its whole public key, so that the node requests this type.';
}

function expected(pin: HostKeyPin): string {
	return pin.keyType === undefined ? pin.fingerprint : `${pin.fingerprint} (${pin.keyType})`;
}

/** An unknown kind is the server's own text. */
function offer(key: Buffer, redact: Redact = (text) => text): string {
	const type = keyType(key);
	const kind = isHostKeyType(type) ? type : redact(type);
	return `${fingerprint(key)} (${sanitize(kind)})`;
}

function place(host: string, port: number): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function scan(host: string, port: number): string {
	return `ssh-keyscan -p ${port} ${host} | ssh-keygen -lf -`;
}
