import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { type ParsedKey, utils } from 'ssh2';
import type { KeyPair } from './keyPair';
import { writePemArmor } from './pemArmor';
import {
	damagedKey,
	passphraseMissing,
	passphraseWrong,
	unsupportedEncryption,
	unsupportedType,
} from './privateKeyErrors';
import { readSshStrings, uint32, writeSshStrings } from './sshStrings';

/** OpenSSH's own format: PROTOCOL.key in OpenSSH's source. */
const MAGIC = Buffer.from('openssh-key-v1\0');

/** What ssh2 1.17 decrypts; ssh-keygen's default is aes256-ctr. */
const CIPHERS = /^(?:none|aes(?:128|192|256)-(?:ctr|cbc)|aes(?:128|256)-gcm@openssh\.com|3des-cbc)$/u;
const TYPES = /^(?:ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521))$/u;

/** Of bcrypt: some 14 ms each, during which nothing else runs. ssh-keygen's default is 16, or 24 since OpenSSH 9.4. */
const MOST_ROUNDS = 500;

/** @throws WritebackError 'setting' about the Private Key, or about the Passphrase. */
export function readOpensshKey(base64: string, passphrase: string | undefined): KeyPair {
	const { cipher, type, rounds } = readOutside(Buffer.from(base64, 'base64'));
	if (!TYPES.test(type)) throw unsupportedType(type);
	if (!CIPHERS.test(cipher) || rounds > MOST_ROUNDS) throw unsupportedEncryption();
	if (cipher === 'none') return open(base64, undefined, damagedKey);
	if (passphrase === undefined) throw passphraseMissing();
	return open(base64, passphrase, passphraseWrong);
}

interface Outside {
	readonly cipher: string;
	readonly type: string;
	readonly rounds: number;
}

/** The part that is never encrypted: cipher, key derivation, its options (salt, rounds), number of keys, public key. */
function readOutside(file: Buffer): Outside {
	if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw damagedKey();
	const [cipher, kdf, options] = readSshStrings(file.subarray(MAGIC.length), 3) ?? [];
	if (cipher === undefined || kdf === undefined || options === undefined) throw damagedKey();
	const keys = file.subarray(MAGIC.length + 12 + cipher.length + kdf.length + options.length + 4);
	const [publicKey, sealed] = readSshStrings(keys, 2) ?? [];
	if (publicKey === undefined || sealed === undefined) throw damagedKey();
	const rounds = options.length < 4 ? 0 : options.readUInt32BE(options.length - 4);
	return { cipher: cipher.toString(), type: readSshStrings(publicKey, 1)?.toString() ?? '', rounds };
}

function open(base64: string, passphrase: string | undefined, failed: () => Error): KeyPair {
	const parsed = parse(writePemArmor({ kind: 'OPENSSH', dekInfo: '', base64 }), passphrase);
	if (parsed === undefined) throw failed();
	try {
		return { privateKey: createPrivateKey(parsed.getPrivatePEM()), publicKey: createPublicKey(parsed.getPublicPEM()) };
	} catch {
		throw damagedKey();
	}
}

/** ssh2 throws, instead of telling, where a number inside is empty. */
function parse(text: string, passphrase: string | undefined): ParsedKey | undefined {
	try {
		const parsed = utils.parseKey(text, passphrase);
		return 'getPrivatePEM' in parsed ? parsed : undefined;
	} catch {
		throw damagedKey();
	}
}

/** An Ed25519 key in the one format in which ssh2 reads it. */
export function writeOpensshKey(ed25519: KeyObject): string {
	const { x = '', d = '' } = ed25519.export({ format: 'jwk' });
	const type = 'ssh-ed25519';
	const publicHalf = Buffer.from(x, 'base64url');
	const check = randomBytes(4);
	const secretHalf = writeSshStrings(type, publicHalf, Buffer.concat([Buffer.from(d, 'base64url'), publicHalf]), '');
	const file = Buffer.concat([
		MAGIC,
		writeSshStrings('none', 'none', ''),
		uint32(1),
		writeSshStrings(writeSshStrings(type, publicHalf), padded(Buffer.concat([check, check, secretHalf]))),
	]);
	return writePemArmor({ kind: 'OPENSSH', dekInfo: '', base64: file.toString('base64') });
}

/** Filled with 1, 2, 3 … to a multiple of 8, as the format wants it. */
function padded(bytes: Buffer): Buffer {
	const missing = (8 - (bytes.length % 8)) % 8;
	return Buffer.concat([bytes, Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, missing))]);
}
