import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { onDisk, SFTP } from './disk';
import { conformance } from './suite';

describe.each([
	['automatic lanes', 'auto'],
	['one connection', 1],
	['eight connections', 8],
] as const)('SFTP to OpenSSH with %s', (_name, connections) => {
	conformance(async () => {
		// A server that lets in, but refuses to write: Root ignores file permissions, so the server itself has to say no.
		const readOnly = await startOpenSsh({ sftpArguments: ['-R'] });
		return onDisk(await startOpenSsh(), readOnly, (server) => openSftp({ ...sftpFieldsOf(server), connections }));
	}, SFTP);
});
