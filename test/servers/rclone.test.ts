import { startRclone } from '../../sandbox/rclone';
import { SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { overSftpHarness } from './overSftp';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

/** It answers OK to what sets permissions, and keeps its own; a second open of a file is another upload, so the first file that meets that is begun again. */
const RCLONE = { ...SFTP, keeps: ['asOf'], tries: 3 } as const;

describe.each(['off', 'writes'] as const)('SFTP to rclone with --vfs-cache-mode %s', (cacheMode) => {
	conformance(
		async () =>
			await overSftpHarness(
				await startRclone({ cacheMode }),
				await startRclone({ cacheMode, serveArguments: ['--read-only'] }),
				RCLONE.keeps,
			),
		RCLONE,
	);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startRclone({ cacheMode }))));
});
