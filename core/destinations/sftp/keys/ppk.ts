import { createDecipheriv, createHmac, type KeyObject } from 'node:crypto';
import { readPpkFile, type PpkFile } from './ppkFile';
import { type PpkSecrets, ppkSecrets } from './ppkSecrets';
import { ppkToJwk } from './ppkToJwk';
import { damagedKey, passphraseWrong, ppkVersion, unsupportedType } from './privateKeyErrors';
import { readSshStrings, writeSshStrings } from './sshStrings';

/** How many fields the private block holds, by algorithm (PuTTY manual, appendix C.3). */
const PRIVATE_FIELDS: Readonly<Record<string, number>> = {
	'ssh-rsa': 4,
	'ssh-ed25519': 1,
	'ecdsa-sha2-nistp256': 1,
	'ecdsa-sha2-nistp384': 1,
	'ecdsa-sha2-nistp521': 1,
};

/**
 * Reads a PuTTY key file of version 2 or 3 and checks its MAC (PuTTY manual, appendix C.5); `undefined` when `text` is none.
 * @throws WritebackError 'setting' about the Private Key, or about the Passphrase.
 */
export async function readPpk(text: string, passphrase: string | undefined): Promise<KeyObject | undefined> {
	const version = /PuTTY-User-Key-File-(\d+):/u.exec(text)?.[1];
	if (version === undefined) return undefined;
	if (version !== '2' && version !== '3') throw ppkVersion(version);
	const ppk = readPpkFile(text);
	const fields = PRIVATE_FIELDS[ppk.algorithm];
	if (fields === undefined) throw unsupportedType(ppk.algorithm);
	const secrets = await ppkSecrets(ppk, passphrase);
	const privateKey = decrypt(ppk, secrets);
	if (!hasMac(ppk, privateKey, secrets)) throw whyNoMac(ppk, privateKey);
	return ppkToJwk(ppk.algorithm, readSshStrings(ppk.publicKey) ?? [], readSshStrings(privateKey, fields) ?? []);
}

/** A wrong passphrase turns the length of the first field into noise; damage seldom falls on just these bytes. */
function whyNoMac({ encryption }: PpkFile, privateKey: Buffer): Error {
	return encryption === 'none' || readSshStrings(privateKey, 1) !== undefined ? damagedKey() : passphraseWrong();
}

function decrypt({ privateKey }: PpkFile, { cipher }: PpkSecrets): Buffer {
	if (cipher === undefined) return privateKey;
	if (privateKey.length % 16 !== 0) throw damagedKey();
	const decipher = createDecipheriv('aes-256-cbc', cipher.key, cipher.iv).setAutoPadding(false);
	return Buffer.concat([decipher.update(privateKey), decipher.final()]);
}

/** PuTTY takes the comment's bytes as they were on its machine: UTF-8 or, on an older Windows, Latin-1. */
function hasMac(ppk: PpkFile, privateKey: Buffer, { macKey, macHash }: PpkSecrets): boolean {
	const comments = [ppk.comment, ppk.comment.trimEnd()];
	return comments
		.flatMap((comment) => [Buffer.from(comment), Buffer.from(comment, 'latin1')])
		.map((comment) => writeSshStrings(ppk.algorithm, ppk.encryption, comment, ppk.publicKey, privateKey))
		.some((signed) => createHmac(macHash, macKey).update(signed).digest('hex') === ppk.mac);
}
