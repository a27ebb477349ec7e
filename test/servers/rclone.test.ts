import { startRclone } from '../../sandbox/rclone';
import { SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { overSftpHarness } from './overSftp';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

describe.each(['off', 'writes'] as const)('SFTP to rclone with --vfs-cache-mode %s', (cacheMode) => {
	// It answers OK to what sets permissions, and keeps its own.
	conformance(
		async () =>
			await overSftpHarness(
				await startRclone({ cacheMode }),
				await startRclone({ cacheMode, serveArguments: ['--read-only'] }),
			),
		{ ...SFTP, keeps: ['asOf'] },
	);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startRclone({ cacheMode }))));
});
