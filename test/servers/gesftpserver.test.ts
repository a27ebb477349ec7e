import { openSftp } from '../../core/destinations/sftp/destination';
import { startGesftpserver } from '../../sandbox/gesftpserver';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe("SFTP to Green End's gesftpserver", () => {
	conformance(async () => {
		const nowhere = await startGesftpserver({ files: '/proc' });
		return onDisk(await startGesftpserver(), nowhere, (server) => openSftp(sftpFieldsOf(server)));
	}, SFTP);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startGesftpserver())));
});
