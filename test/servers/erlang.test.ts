import { openSftp } from '../../core/destinations/sftp/destination';
import { startErlang } from '../../sandbox/erlang';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe("SFTP to Erlang/OTP's ssh_sftpd", () => {
	conformance(
		async () => {
			const nowhere = await startErlang({ files: '/proc' });
			return onDisk(await startErlang(), nowhere, (server) => openSftp(sftpFieldsOf(server)));
			// It hands out handles that are still open: files that met that are given up, and begun again one at a time.
		},
		{ ...SFTP, tries: 3 },
	);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startErlang())));
});
