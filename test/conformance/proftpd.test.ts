import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { isDebian } from '../../sandbox/debian';
import { startProftpd } from '../../sandbox/proftpd';
import { sftpFieldsOf } from '../fields';
import { onDisk } from './disk';
import { conformance } from './suite';

(isDebian ? describe : describe.skip)("SFTP to ProFTPD's mod_sftp", () => {
	conformance(
		async () => {
			const server = await startProftpd();
			const readOnly = await startProftpd({ config: ['<Limit WRITE>', 'DenyAll', '</Limit>'] });
			return {
				open: async () => openSftp(sftpFieldsOf(server)),
				openForbidden: async () => openSftp(sftpFieldsOf(readOnly)),
				...onDisk(server.root),
				close: async () => {
					await server.close();
					await readOnly.close();
				},
			};
		},
		{ folders: 'real' },
	);
});
