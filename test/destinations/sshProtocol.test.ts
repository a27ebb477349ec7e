import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

/** Several windows' worth, and an end that fills no block. */
const CONTENT = randomBytes(24_000_001);

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** More than once; how often depends on how much is under way whenever the server asks for new keys. */
const REKEYED = /(ssh_set_newkeys: rekeying in[^]*?){2}/;
const cipher = (name: string) => new RegExp(`client->server cipher: ${name}`);

test.each([
	['new keys after every megabyte', 'RekeyLimit 1M', REKEYED, 'auto'],
	['new keys after every megabyte, on three connections', 'RekeyLimit 1M', REKEYED, 3],
	['AES-256-GCM', 'Ciphers aes256-gcm@openssh.com', cipher('aes256-gcm'), 'auto'],
	['AES-CTR', 'Ciphers aes128-ctr', cipher('aes128-ctr'), 'auto'],
	['ChaCha20-Poly1305', 'Ciphers chacha20-poly1305@openssh.com', cipher('chacha20'), 'auto'],
] as const)('OpenSSH holds what was sent with %s', async (_, line, logged, connections) => {
	const server = await startOpenSsh({ config: [line, 'LogLevel DEBUG'] });
	const destination = openSftp({ ...sftpFieldsOf(server), connections });
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	expect(await upload.write(Readable.from([CONTENT]))).toBe(CONTENT.length);
	await upload.commit();
	expect(sha256(await readFile(join(server.root, 'file.csv')))).toBe(sha256(CONTENT));
	await destination.close();
	await server.close();
	expect(server.log()).toMatch(logged);
});
