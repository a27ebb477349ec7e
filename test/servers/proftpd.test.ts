import { openSftp } from '../../core/destinations/sftp/destination';
import { startProftpd } from '../../sandbox/proftpd';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe("SFTP to ProFTPD's mod_sftp", () => {
	conformance(async () => {
		const readOnly = await startProftpd({ config: ['<Limit WRITE>', 'DenyAll', '</Limit>'] });
		return onDisk(await startProftpd(), readOnly, (server) => openSftp(sftpFieldsOf(server)));
	}, SFTP);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startProftpd())));
});
