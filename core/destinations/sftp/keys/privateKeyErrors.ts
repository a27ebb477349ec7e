import { invalidParameter, type WritebackError } from '../../../support/errors';

/** What can be wrong with a private key. Nothing here repeats any part of what was pasted. */

const WHOLE_FILE = 'Paste the whole private key file, e.g. id_ed25519, from its first line to its last.';
const WORKING_KINDS =
	'Use an Ed25519, ECDSA (nistp256, nistp384, nistp521) or RSA key: make one with ssh-keygen -t ed25519 -f key, and have key.pub authorized on the server.';
const SAVE_AGAIN =
	'In PuTTYgen, load the key, then choose Conversions → Export OpenSSH key. On the command line: puttygen key.ppk -O private-openssh -o key. Paste the new file.';

function badKey(what: string, hint: string): WritebackError {
	return invalidParameter('Private Key', what, hint);
}

export const emptyKey = () => badKey('it is empty', WHOLE_FILE);

export const notAKey = () => badKey('this is not a private key', WHOLE_FILE);

export const publicKey = () =>
	badKey(
		'this is the public half of a key',
		'Paste the private key: the file of the same name without .pub. It begins with -----BEGIN … PRIVATE KEY----- or PuTTY-User-Key-File.',
	);

/** Part of the file is missing or changed. */
export const damagedKey = () => badKey('the key is incomplete or damaged', `Copy it again. ${WHOLE_FILE}`);

export const ppkVersion = (version: string) =>
	badKey(`a PuTTY key file of version ${version} cannot be read, only versions 2 and 3`, SAVE_AGAIN);

/** The ssh.com format. */
export const sshComKey = () => badKey('a private key in the format of ssh.com cannot be read', SAVE_AGAIN);

/** `type` is what the key file calls it, e.g. `ssh-dss` or `sk-ssh-ed25519@openssh.com`. */
export function unsupportedType(type: string): WritebackError {
	if (type.startsWith('sk-')) return badKey('a key kept in a hardware security key cannot be used', WORKING_KINDS);
	if (type.includes('-cert-')) return badKey('a certificate cannot be used', WORKING_KINDS);
	if (/ds[as]/iu.test(type)) return badKey('a DSA key cannot be used', WORKING_KINDS);
	return badKey('a key of this kind cannot be used', WORKING_KINDS);
}

export const unsupportedEncryption = () =>
	badKey(
		"the encryption of this key isn't supported",
		'Encrypt a copy of the key in a supported way, and paste the copy: ssh-keygen -p -Z aes256-ctr -f key.',
	);

/** Argon2 beyond what this node spends on a key. */
export const unsupportedWork = () =>
	badKey(
		'opening this key takes more memory or more passes than this node allows (Argon2)',
		'In PuTTYgen, load the key, choose Key → Parameters for saving key files…, set 8192 KiB of Argon2 memory and a time of 100 ms, and save it again. Paste the new file.',
	);

export const passphraseMissing = () =>
	invalidParameter('Passphrase', 'the private key is encrypted', 'Enter the passphrase that protects the key.');

export const passphraseWrong = () =>
	invalidParameter(
		'Passphrase',
		'it does not open the private key',
		"Enter the passphrase that protects this key, not the password of the account. Check it with: ssh-keygen -y -f key. If it is correct, the key wasn't copied completely.",
	);
