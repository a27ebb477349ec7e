import { allowAllHosts } from '../../../../core/destinations/egressPolicy';
import { openSession, type Session } from '../../../../core/destinations/sftp/connection/session';
import type { Ssh2Server } from '../../../../sandbox/ssh2Server';

/** A session that is logged in; whoever gets it ends it. */
export async function sessionTo({ host, port, username, password }: Ssh2Server, idleMs: number): Promise<Session> {
	const trusting = { hostKeys: 'any', legacyAlgorithms: false, egress: allowAllHosts } as const;
	return await openSession(
		{ host, port, username, login: { password }, idleMs, ...trusting },
		new AbortController().signal,
	);
}
