import type { Session } from './session';
import { look } from './folders';
import { STATUS, statusOf } from './status';

/**
 * Puts `part` under the name `target`, replacing a file that is there. One atomic step where the server has
 * posix-rename@openssh.com. Elsewhere a plain rename, which fails if the target exists; the old file then steps aside
 * for the length of one rename and comes back if that rename fails. Rejects with the server's status; no file is lost.
 */
export async function replace(session: Session, part: string, target: string, aside: string): Promise<void> {
	if (await posixRename(session, part, target)) return;
	try {
		await rename(session, part, target);
	} catch (fault) {
		if (!(await look(session, target))) throw fault;
		await swap(session, part, target, aside);
	}
}

async function swap(session: Session, part: string, target: string, aside: string): Promise<void> {
	await rename(session, target, aside);
	try {
		await rename(session, part, target);
	} catch (fault) {
		await rename(session, aside, target);
		throw fault;
	}
	await session.tell((sftp, answer) => sftp.unlink(aside, answer)).catch(() => undefined);
}

/** False when the server has no such request. */
async function posixRename(session: Session, from: string, to: string): Promise<boolean> {
	try {
		await session.tell((sftp, answer) => sftp.ext_openssh_rename(from, to, answer));
		return true;
	} catch (fault) {
		// ssh2 throws an error without a status for a request the server never offered.
		const offered = session.isLost() || (statusOf(fault) ?? STATUS.unsupported) !== STATUS.unsupported;
		if (offered) throw fault;
		return false;
	}
}

async function rename(session: Session, from: string, to: string): Promise<void> {
	await session.tell((sftp, answer) => sftp.rename(from, to, answer));
}
