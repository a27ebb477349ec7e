import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { KeyPair } from './keyPair';
import { readOpensshKey, writeOpensshKey } from './opensshKey';
import { readPemArmor } from './pemArmor';
import { readPpk } from './ppk';
import { damagedKey, emptyKey, notAKey, publicKey, sshComKey, unsupportedType } from './privateKeyErrors';
import { readPem } from './privateKeyPem';
import { WritebackError } from '../../../support/errors';

/** The curves of RFC 5656 by OpenSSL's names. */
const CURVES: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

const PUBLIC_KEY =
	/BEGIN (?:[A-Z0-9]{1,20} ){0,4}PUBLIC KEY|BEGIN (?:[A-Z0-9]{1,20} ){0,4}CERTIFICATE|^(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-\S+\s+AAAA/u;

/**
 * Reads what was pasted as a private key into the form that ssh2 takes as `privateKey`; no passphrase is needed any more.
 *
 * OpenSSH, PKCS#1, SEC1, PKCS#8 and PPK version 2 and 3; RSA, ECDSA on nistp256, 384 and 521, Ed25519; encrypted or not. Lost line
 * ends, `\n` in letters, and spaces or quotes around the key are repaired. The passphrase of a key that has none is ignored.
 * @throws WritebackError 'setting' about the Private Key, or about the Passphrase; it never holds a part of either.
 */
export async function readPrivateKey(text: string, passphrase: string | undefined): Promise<string> {
	try {
		const pair = await openKey(text, passphrase === '' ? undefined : passphrase);
		const key = forSsh2(pair.privateKey);
		if (!isPair(pair)) throw damagedKey();
		return key;
	} catch (fault) {
		// What node:crypto says about numbers that make no key means nothing to a user, and changes with its version.
		throw fault instanceof WritebackError ? fault : damagedKey();
	}
}

async function openKey(text: string, passphrase: string | undefined): Promise<KeyPair> {
	const armour = readPemArmor(text);
	if (armour?.kind === 'OPENSSH') return readOpensshKey(armour.base64, passphrase);
	const privateKey = armour === undefined ? await readPpk(text, passphrase) : readPem(armour, passphrase);
	if (privateKey === undefined) throw whyNotAKey(text.trim());
	return { privateKey, publicKey: createPublicKey(privateKey) };
}

function whyNotAKey(text: string): Error {
	if (text === '') return emptyKey();
	if (PUBLIC_KEY.test(text)) return publicKey();
	if (text.includes('BEGIN SSH2 ENCRYPTED PRIVATE KEY')) return sshComKey();
	return text.includes('PRIVATE KEY-') ? damagedKey() : notAKey();
}

function forSsh2(key: KeyObject): string {
	if (key.asymmetricKeyType === 'ed25519') return writeOpensshKey(key);
	if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
	if (key.asymmetricKeyType !== 'ec' || !CURVES.has(key.asymmetricKeyDetails?.namedCurve)) {
		throw unsupportedType(key.asymmetricKeyType ?? '');
	}
	return key.export({ type: 'sec1', format: 'pem' }).toString();
}

/** A key with a changed digit often still opens; the server would then refuse the login without saying why. */
function isPair(pair: KeyPair): boolean {
	const text = Buffer.from('n8n-nodes-domo-writeback');
	try {
		return verify(null, text, pair.publicKey, sign(null, text, pair.privateKey));
	} catch {
		return false;
	}
}
