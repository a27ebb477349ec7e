import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

const DESTINATIONS = 16;

test('many who log in to one server at once stay below what OpenSSH refuses', async () => {
	// From the fifth connection that is not logged in, every one is turned away.
	const server = await startOpenSsh({ config: ['MaxStartups 5:100:5'] });
	const signal = new AbortController().signal;
	const destinations = Array.from({ length: DESTINATIONS }, () => openSftp(sftpFieldsOf(server)));
	try {
		const looks = destinations.map(async ({ stat }) => await stat(TARGET, signal));
		expect(await Promise.all(looks)).toEqual(Array.from({ length: DESTINATIONS }, () => undefined));
	} finally {
		await Promise.all(destinations.map(async ({ close }) => await close()));
		await server.close();
	}
	expect(server.log()).not.toMatch(/MaxStartups|drop connection/i);
});
