import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

const never = (): AbortSignal => new AbortController().signal;

describe.each([
	['key exchange', ['KexAlgorithms diffie-hellman-group14-sha1']],
	['message authentication', ['Ciphers aes128-ctr', 'MACs hmac-sha1']],
])('a server whose %s rests on SHA-1', (_, config) => {
	it('is refused, and the message names the option', async () => {
		const server = await startOpenSsh({ config });
		const destination = openSftp(sftpFieldsOf(server));
		await expect(destination.openUpload(TARGET, never())).rejects.toMatchObject({
			reason: 'destinationLogin',
			hint: expect.stringContaining('Legacy Algorithms'),
		});
		await destination.close();
		await server.close();
	});

	it('is written to with Legacy Algorithms', async () => {
		const server = await startOpenSsh({ config });
		const destination = openSftp({ ...sftpFieldsOf(server), legacyAlgorithms: true });
		const upload = await destination.openUpload(TARGET, never());
		expect(await upload.write(Readable.from([Buffer.alloc(1_000_000)]))).toBe(1_000_000);
		await upload.commit();
		await destination.close();
		await server.close();
	});
});
