import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { isDebian } from '../../sandbox/debian';
import { startDropbear } from '../../sandbox/dropbear';
import { sftpFieldsOf } from '../fields';
import { onDisk } from './disk';
import { conformance } from './suite';

(isDebian ? describe : describe.skip)('SFTP to Dropbear', () => {
	conformance(
		async () => {
			const server = await startDropbear();
			const readOnly = await startDropbear({ sftpArguments: ['-R'] });
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
