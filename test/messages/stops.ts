import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { casesTo, TO_SFTP } from './case';
import { writebackInEngine } from './inEngine';
import type { Shown } from './shown';
import { DATA_SETS } from './stage/dataSets';
import type { Stage } from './stage/stage';

/** What a writeback shows that is stopped while the server is asked for something, whose answer never comes. */
export async function stoppedAt(stage: Stage, request: 'WRITE' | 'POSIX-RENAME'): Promise<Shown> {
	const stop = new AbortController();
	const server = await startSsh2Server({
		posixRename: true,
		refuse: ({ name }) => {
			if (name !== request) return undefined;
			stop.abort();
			return 'replyLost';
		},
	});
	const one = casesTo({ ...TO_SFTP, path: '' }, DATA_SETS.plain.id)('', {
		typed: { sftpWritebackApi: { ...passwordFieldsOf(server) } },
	});
	const shown = await writebackInEngine(stage, one, stop.signal).finally(server.close);
	// n8n keeps no reason of an execution that was stopped.
	return { ...shown, reason: 'cancelled' };
}
