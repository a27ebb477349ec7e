import { startOpenSsh } from '../../sandbox/openssh';
import { connected, gone, sftpOf, write } from './sftpClient';

// The first run on a fresh machine installs the server.
jest.setTimeout(240_000);

test('OpenSSH refuses a password, obeys more configuration and restarts on the same port', async () => {
	const server = await startOpenSsh({ config: ['MaxSessions 1'], sftpArguments: ['-R'] });
	await expect(connected(server, { privateKey: undefined, password: 'x' })).rejects.toThrow();
	const client = await connected(server);
	const sftp = await sftpOf(client);
	await expect(sftpOf(client)).rejects.toThrow('Channel open failure');
	await expect(write(sftp, 'no.txt', 'x')).rejects.toMatchObject({ message: 'Permission denied' });
	const closed = gone(client);
	await server.restart();
	await closed;
	(await connected(server)).end();
	await server.close();
});
