import { WritebackError } from '../../errors';
import { look } from './folders';
import type { Session } from './session';
import { STATUS, statusOf } from './status';

/** How often other writers of the same target may get in the way of a swap. */
const MOST_TRIES = 5;

/**
 * Puts `part` under the name `target`, replacing a file that is there. One atomic step where the server has
 * posix-rename@openssh.com. Elsewhere a plain rename, which fails if the target exists; the old file then steps aside
 * for the length of one rename and comes back if that rename fails. Rejects with the server's status; no file is lost.
 */
export async function replace(session: Session, part: string, target: string, aside: string): Promise<void> {
	if (await posixRename(session, part, target)) return;
	for (let tries = 1; ; tries++) {
		try {
			return await rename(session, part, target);
		} catch (fault) {
			const old = await look(session, target);
			if (tries === MOST_TRIES || old?.isDirectory() === true) throw fault;
			if (old !== undefined && (await swap(session, part, target, aside))) return;
		}
	}
}

/** Brings an old file back that a swap which never ended has left aside; does nothing when the target is there. */
export async function restore(session: Session, aside: string, target: string): Promise<void> {
	if ((await look(session, target)) === undefined) await rename(session, aside, target);
}

/** False when another writer moved or replaced the target in between. */
async function swap(session: Session, part: string, target: string, aside: string): Promise<boolean> {
	try {
		await rename(session, target, aside);
	} catch (fault) {
		if (statusOf(fault) === STATUS.noSuchFile) return false;
		throw fault;
	}
	let swapped = true;
	try {
		await rename(session, part, target);
	} catch (fault) {
		if (await putBack(session, aside, target)) throw fault;
		swapped = false;
	}
	await session.tell((sftp, answer) => sftp.unlink(aside, answer)).catch(() => undefined);
	return swapped;
}

/** False when the target is no longer missing: another writer has put its file there. */
async function putBack(session: Session, aside: string, target: string): Promise<boolean> {
	try {
		await rename(session, aside, target);
		return true;
	} catch (fault) {
		if (session.isLost()) throw fault;
		if (await look(session, target)) return false;
		throw new WritebackError('targetRefused', `${target} is missing on the SFTP server: its old content is ${aside}`, {
			hint: `The server moved it there, then refused the new file and the way back. Rename it to ${target}, and ask the server's administrator for the right to rename.`,
			cause: fault,
		});
	}
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
