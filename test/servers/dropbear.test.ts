import { openSftp } from '../../core/destinations/sftp/destination';
import { startDropbear } from '../../sandbox/dropbear';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe('SFTP to Dropbear', () => {
	conformance(async () => {
		const readOnly = await startDropbear({ sftpArguments: ['-R'] });
		return onDisk(await startDropbear(), readOnly, (server) => openSftp(sftpFieldsOf(server)));
	}, SFTP);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startDropbear())));
});
