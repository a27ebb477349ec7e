import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { utils } from 'ssh2';
import { writeSshStrings } from '../../../../../core/destinations/sftp/keys/sshStrings';
import { readPrivateKey } from '../../../../../core/destinations/sftp/keys/privateKey';
import { PASSPHRASE, readKey } from './keyFiles/keys';

/** What older PuTTYs wrote and today's puttygen no longer does: an Ed25519 file from its parts. */
function ppk(publicKey: Buffer, seed: Buffer, comment: Buffer): string {
	const [open, secret] = [writeSshStrings('ssh-ed25519', publicKey), writeSshStrings(seed)];
	const key = createHash('sha1').update('putty-private-key-file-mac-key').digest();
	const mac = createHmac('sha1', key)
		.update(writeSshStrings('ssh-ed25519', 'none', comment, open, secret))
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

async function publicHalfRead(text: string): Promise<Buffer> {
	const parsed = utils.parseKey(await readPrivateKey(text, undefined));
	if (parsed instanceof Error) throw parsed;
	return parsed.getPublicSSH().subarray(-32);
}

test('an Ed25519 seed whose last bytes are zero, which PuTTY left out, is whole again', async () => {
	const seed = Buffer.alloc(32, 7).fill(0, 30);
	expect(await publicHalfRead(ppk(publicHalf(seed), seed.subarray(0, 30), Buffer.from('x')))).toEqual(publicHalf(seed));
});

test.each(['', 'two  words', 'C:\\new\\keys', 'caf\u00e9', 'Public-Lines: 2', 'ends with a space '])(
	'the comment %j counts for the MAC',
	async (comment) => {
		const seed = Buffer.alloc(32, 9);
		expect(await publicHalfRead(ppk(publicHalf(seed), seed, Buffer.from(comment, 'latin1')))).toEqual(publicHalf(seed));
	},
);

describe('the MAC tells damage from a wrong passphrase', () => {
	const files = ['works/rsa.ppk.aes256-cbc', 'works/rsa.ppk3.argon2id'].map(readKey);
	const damages = files.flatMap(
		(encrypted): ReadonlyArray<[where: string, text: string, encrypted: string]> => [
			['comment', encrypted.replace('made for', 'made by'), encrypted],
			[
				'public key',
				encrypted.replace(/(Public-Lines: \d+\n(?:.+\n){3}....)./u, (_all, kept: string) => `${kept}~`),
				encrypted,
			],
			['private key', swapCase(encrypted, /(?<=Private-Lines: \d+\n(?:.+\n){5})\w{4}/u), encrypted],
			['MAC', swapDigit(encrypted), encrypted],
		],
	);
	test.each(damages)('when the %s is changed', async (_where, text, encrypted) => {
		expect(text).not.toBe(encrypted);
		await expect(readPrivateKey(text, PASSPHRASE)).rejects.toThrow('Private Key: the key is incomplete or damaged');
	});

	test.each(files)('when only the passphrase is another', async (encrypted) => {
		await expect(readPrivateKey(encrypted, 'open sesame')).rejects.toThrow(
			'Passphrase: it does not open the private key',
		);
	});

	test('and nothing that is not encrypted asks for a passphrase', async () => {
		for (const file of ['works/rsa.ppk', 'works/rsa.ppk3']) {
			const text = swapDigit(readKey(file));
			await expect(readPrivateKey(text, undefined)).rejects.toThrow('Private Key: the key is incomplete or damaged');
		}
	});
});

function swapCase(text: string, found: RegExp): string {
	return text.replace(found, (part) => (part === part.toUpperCase() ? part.toLowerCase() : part.toUpperCase()));
}

function swapDigit(text: string): string {
	return text.replace(/.(?=\s*$)/u, (digit) => (digit === '0' ? '1' : '0'));
}
