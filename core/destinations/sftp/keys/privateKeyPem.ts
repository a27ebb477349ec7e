import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type PemArmor, writePemArmor } from './pemArmor';
import {
	damagedKey,
	passphraseMissing,
	passphraseWrong,
	unsupportedEncryption,
	unsupportedType,
} from './privateKeyErrors';

/**
 * Reads PKCS#1, SEC1 (RFC 5915) and PKCS#8 (RFC 5208, RFC 8410), encrypted or not.
 * @throws WritebackError 'setting' about the Private Key, or about the Passphrase.
 */
export function readPem(armour: PemArmor, passphrase: string | undefined): KeyObject {
	if (armour.kind === 'DSA') throw unsupportedType('dsa');
	const encrypted = armour.kind === 'ENCRYPTED' || armour.dekInfo !== '';
	if (!encrypted) return open(writePemArmor(armour), undefined, damagedKey);
	if (passphrase === undefined) throw passphraseMissing();
	return open(writePemArmor(armour), passphrase, passphraseWrong);
}

function open(key: string, passphrase: string | undefined, failed: () => Error): KeyObject {
	try {
		return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
	} catch (error) {
		throw isUnsupportedCipher(error) ? unsupportedEncryption() : failed();
	}
}

/** OpenSSL 3 leaves DES and RC2 out. A wrong passphrase has another code. */
function isUnsupportedCipher(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_OSSL_EVP_UNSUPPORTED';
}
