import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { utils } from 'ssh2';
import { writeFields } from '../../nodes/DomoWriteback/destinations/sftp/opensshKeyFields';
import { readPrivateKey } from '../../nodes/DomoWriteback/destinations/sftp/privateKey';
import { PASSPHRASE, readKey } from './keys/keys';

/** What older PuTTYs wrote and today's puttygen no longer does: an Ed25519 file from its parts. */
function ppk(publicKey: Buffer, seed: Buffer, comment: Buffer): string {
	const [open, secret] = [writeFields('ssh-ed25519', publicKey), writeFields(seed)];
	const key = createHash('sha1').update('putty-private-key-file-mac-key').digest();
	const mac = createHmac('sha1', key)
		.update(writeFields('ssh-ed25519', 'none', comment, open, secret))
		.digest('hex');
	const head = `PuTTY-User-Key-File-2: ssh-ed25519\nEncryption: none\nComment: ${comment.toString('latin1')}\n`;
	const openLines = open.toString('base64').replace(/^.{64}/u, '$&\n');
	return `${head}Public-Lines: 2\n${openLines}\nPrivate-Lines: 1\n${secret.toString('base64')}\nPrivate-MAC: ${mac}\n`;
}

function publicHalf(seed: Buffer): Buffer {
	const head = Buffer.from('302e020100300506032b657004220420', 'hex');
	const key = createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
	return createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
}

function publicHalfRead(text: string): Buffer {
	const parsed = utils.parseKey(readPrivateKey(text, undefined));
	if (parsed instanceof Error) throw parsed;
	return parsed.getPublicSSH().subarray(-32);
}

test('an Ed25519 seed whose last bytes are zero, which PuTTY left out, is whole again', () => {
	const seed = Buffer.alloc(32, 7).fill(0, 30);
	expect(publicHalfRead(ppk(publicHalf(seed), seed.subarray(0, 30), Buffer.from('x')))).toEqual(publicHalf(seed));
});

test.each(['', 'two  words', 'C:\\new\\keys', 'caf\u00e9', 'Public-Lines: 2', 'ends with a space '])(
	'the comment %j counts for the MAC',
	(comment) => {
		const seed = Buffer.alloc(32, 9);
		expect(publicHalfRead(ppk(publicHalf(seed), seed, Buffer.from(comment, 'latin1')))).toEqual(publicHalf(seed));
	},
);

describe('the MAC tells damage from a wrong passphrase', () => {
	const encrypted = readKey('works/rsa.ppk.aes256-cbc');
	const damages: ReadonlyArray<[where: string, text: string]> = [
		['comment', encrypted.replace('made for', 'made by')],
		['public key', encrypted.replace(/(Public-Lines: \d+\n(?:.+\n){3}....)./u, (_all, kept: string) => `${kept}~`)],
		['private key', swapCase(encrypted, /(?<=Private-Lines: \d+\n(?:.+\n){5})\w{8}/u)],
		['MAC', swapDigit(encrypted)],
	];
	test.each(damages)('when the %s is changed', (_where, text) => {
		expect(text).not.toBe(encrypted);
		expect(() => readPrivateKey(text, PASSPHRASE)).toThrow('Private Key: the key is incomplete or damaged');
	});

	test('when only the passphrase is another', () => {
		expect(() => readPrivateKey(encrypted, 'open sesame')).toThrow('Passphrase: it does not open the private key');
	});

	test('and nothing that is not encrypted asks for a passphrase', () => {
		const text = swapDigit(readKey('works/rsa.ppk'));
		expect(() => readPrivateKey(text, undefined)).toThrow('Private Key: the key is incomplete or damaged');
	});
});

function swapCase(text: string, found: RegExp): string {
	return text.replace(found, (part) => (part === part.toUpperCase() ? part.toLowerCase() : part.toUpperCase()));
}

function swapDigit(text: string): string {
	return text.replace(/.(?=\s*$)/u, (digit) => (digit === '0' ? '1' : '0'));
}
