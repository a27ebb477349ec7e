import { createDecipheriv, createHash, createHmac, type KeyObject } from 'node:crypto';
import { readFields, writeFields } from './opensshKeyFields';
import { readPpkNumbers } from './ppkNumbers';
import { readPpkText, type PpkText } from './ppkText';
import {
	damagedKey,
	passphraseMissing,
	passphraseWrong,
	ppkVersion,
	unsupportedEncryption,
	unsupportedType,
} from './privateKeyErrors';

/** How many fields the private block holds, by algorithm (PuTTY manual, appendix C.3). */
const PRIVATE_FIELDS: Readonly<Record<string, number>> = {
	'ssh-rsa': 4,
	'ssh-ed25519': 1,
	'ecdsa-sha2-nistp256': 1,
	'ecdsa-sha2-nistp384': 1,
	'ecdsa-sha2-nistp521': 1,
};

/**
 * Reads a PuTTY key file of version 2 and checks its MAC (PuTTY manual, appendix C.5); `undefined` when `text` is none.
 * @throws WritebackError 'setting' about the Private Key, or about the Passphrase.
 */
export function readPpk(text: string, passphrase: string | undefined): KeyObject | undefined {
	const version = /PuTTY-User-Key-File-(\d+):/u.exec(text)?.[1];
	if (version === undefined) return undefined;
	if (version !== '2') throw ppkVersion(version);
	const ppk = readPpkText(text);
	const fields = PRIVATE_FIELDS[ppk.algorithm];
	if (fields === undefined) throw unsupportedType(ppk.algorithm);
	const privateKey = ppk.encryption === 'none' ? ppk.privateKey : decrypt(ppk, passphrase);
	if (!hasMac(ppk, privateKey, passphrase)) throw whyNoMac(ppk, privateKey);
	return readPpkNumbers(ppk.algorithm, readFields(ppk.publicKey) ?? [], readFields(privateKey, fields) ?? []);
}

/** A wrong passphrase turns the length of the first field into noise; damage seldom falls on just these bytes. */
function whyNoMac({ encryption }: PpkText, privateKey: Buffer): Error {
	return encryption === 'none' || readFields(privateKey, 1) !== undefined ? damagedKey() : passphraseWrong();
}

function decrypt({ encryption, privateKey }: PpkText, passphrase: string | undefined): Buffer {
	if (encryption !== 'aes256-cbc') throw unsupportedEncryption();
	if (passphrase === undefined) throw passphraseMissing();
	if (privateKey.length % 16 !== 0) throw damagedKey();
	const key = Buffer.concat([0, 1].map((n) => sha1(Buffer.from([0, 0, 0, n]), passphrase))).subarray(0, 32);
	const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
	return Buffer.concat([decipher.update(privateKey), decipher.final()]);
}

/** PuTTY takes the comment's bytes as they were on its machine: UTF-8 or, on an older Windows, Latin-1. */
function hasMac(ppk: PpkText, privateKey: Buffer, passphrase = ''): boolean {
	const key = sha1('putty-private-key-file-mac-key', ppk.encryption === 'none' ? '' : passphrase);
	const comments = [ppk.comment, ppk.comment.trimEnd()];
	return comments
		.flatMap((comment) => [Buffer.from(comment), Buffer.from(comment, 'latin1')])
		.map((comment) => writeFields(ppk.algorithm, ppk.encryption, comment, ppk.publicKey, privateKey))
		.some((signed) => createHmac('sha1', key).update(signed).digest('hex') === ppk.mac);
}

function sha1(...parts: ReadonlyArray<Buffer | string>): Buffer {
	return createHash('sha1')
		.update(Buffer.concat(parts.map((part) => Buffer.from(part))))
		.digest();
}
