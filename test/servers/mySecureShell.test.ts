import { openSftp } from '../../core/destinations/sftp/destination';
import { startMySecureShell } from '../../sandbox/mySecureShell';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe('SFTP to MySecureShell', () => {
	conformance(async () => {
		const readOnly = await startMySecureShell({ config: ['DisableWriteFile true', 'DisableMakeDir true'] });
		return onDisk(await startMySecureShell(), readOnly, (server) => openSftp(sftpFieldsOf(server)));
	}, SFTP);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startMySecureShell())));
});
