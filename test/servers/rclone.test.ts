import { startRclone } from '../../sandbox/rclone';
import { SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';
import { introduce } from './introduce';
import { overSftpHarness } from './overSftp';
import { overSftp } from './site';
import { wholeNode } from './wholeNode';

/** It answers OK to what sets permissions, and keeps its own. */
const RCLONE = { ...SFTP, keeps: ['asOf'], tries: 3 } as const;

describe.each(['off', 'writes'] as const)('SFTP to rclone with --vfs-cache-mode %s', (cacheMode) => {
	conformance(
		async () =>
			await overSftpHarness(
				await introduce(await startRclone({ cacheMode })),
				await startRclone({ cacheMode, serveArguments: ['--read-only'] }),
				RCLONE.keeps,
			),
		RCLONE,
	);

	describe('the whole node', () => wholeNode(async () => await overSftp(await startRclone({ cacheMode }))));
});
