import { createSecretKey } from 'node:crypto';
import type { Client } from 'ssh2';

/** Where ssh2 1.17 keeps the key of each direction (lib/protocol/crypto.js). */
const PLACES = [
	['_cipher', '_encKey'],
	['_decipher', '_decipherKey'],
] as const;

/**
 * Hands ssh2's AES-GCM keys over as KeyObjects. ssh2 makes a cipher for every packet, and from Node 22 on half the time of that goes
 * into looking at a key that is a plain Buffer: 205 → 310 MB/s to OpenSSH in Node 24. Where ssh2 keeps its keys elsewhere
 * nothing changes; after a re-keying the plain keys are back until this is called again.
 */
export function speedUpCipher(client: Client): void {
	const protocol: unknown = Reflect.get(client, '_protocol');
	for (const [side, field] of PLACES) {
		const cipher: unknown = isObject(protocol) ? Reflect.get(protocol, side) : undefined;
		const key: unknown = isObject(cipher) ? Reflect.get(cipher, field) : undefined;
		if (isObject(cipher) && Buffer.isBuffer(key)) Reflect.set(cipher, field, createSecretKey(key));
	}
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
