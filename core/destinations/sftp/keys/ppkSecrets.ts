import { createHash } from 'node:crypto';
import { argon2 } from './argon2';
import type { PpkFile } from './ppkFile';
import { damagedKey, passphraseMissing, unsupportedEncryption, unsupportedWork } from './privateKeyErrors';

/** What the passphrase of a PPK file becomes. */
export interface PpkSecrets {
	/** Of AES-256-CBC; undefined when nothing is encrypted. */
	readonly cipher: { readonly key: Buffer; readonly iv: Buffer } | undefined;
	readonly macKey: Buffer;
	readonly macHash: 'sha1' | 'sha256';
}

/** 1 GiB, and four passes over as much: 20 seconds of work. PuTTYgen takes 8 MiB and a tenth of a second. */
const MOST_MEMORY_KIB = 1024 * 1024;
const MOST_WORK_KIB = 4 * MOST_MEMORY_KIB;

const [KEY_BYTES, IV_BYTES, MAC_KEY_BYTES] = [32, 16, 32];

/**
 * Derives a file's keys (PuTTY manual, appendix C.4 and C.5).
 * @throws WritebackError 'setting' about the Private Key, or about the Passphrase.
 */
export async function ppkSecrets(ppk: PpkFile, passphrase: string | undefined): Promise<PpkSecrets> {
	const isEncrypted = ppk.encryption !== 'none';
	if (isEncrypted && ppk.encryption !== 'aes256-cbc') throw unsupportedEncryption();
	if (isEncrypted && passphrase === undefined) throw passphraseMissing();
	const secret = isEncrypted && passphrase !== undefined ? passphrase : undefined;
	return ppk.version === '2' ? sha1Secrets(secret) : await argon2Secrets(ppk, secret);
}

function sha1Secrets(passphrase: string | undefined): PpkSecrets {
	const macKey = sha1('putty-private-key-file-mac-key', passphrase ?? '');
	if (passphrase === undefined) return { cipher: undefined, macKey, macHash: 'sha1' };
	const halves = [0, 1].map((n) => sha1(Buffer.from([0, 0, 0, n]), passphrase));
	const key = Buffer.concat(halves).subarray(0, KEY_BYTES);
	return { cipher: { key, iv: Buffer.alloc(IV_BYTES) }, macKey, macHash: 'sha1' };
}

async function argon2Secrets({ derivation }: PpkFile, passphrase: string | undefined): Promise<PpkSecrets> {
	if (passphrase === undefined) return { cipher: undefined, macKey: Buffer.alloc(0), macHash: 'sha256' };
	if (derivation === undefined) throw damagedKey();
	const { memory, passes } = derivation;
	// What a file asks for is its maker's choice: n8n must not run out of memory, or be busy for minutes.
	if (memory > MOST_MEMORY_KIB || memory * passes > MOST_WORK_KIB) throw unsupportedWork();
	const length = KEY_BYTES + IV_BYTES + MAC_KEY_BYTES;
	const derived = await argon2(Buffer.from(passphrase), { ...derivation, length }).catch(() => {
		throw damagedKey();
	});
	const [key, iv] = [derived.subarray(0, KEY_BYTES), derived.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES)];
	return { cipher: { key, iv }, macKey: derived.subarray(KEY_BYTES + IV_BYTES), macHash: 'sha256' };
}

function sha1(...parts: ReadonlyArray<Buffer | string>): Buffer {
	return createHash('sha1')
		.update(Buffer.concat(parts.map((part) => Buffer.from(part))))
		.digest();
}
