import type { CreateOnly } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { STATUS, statusOf } from '../statusErrors';
import { queueByName, type QueueOptions } from './nameQueue';
import { lstat, pathOf } from './remoteFiles';
import { createOnlyOf } from './renameProbe';
import { type AttributeSetter, renameReplacing, rename } from './replaceFile';
import { removePartFile } from './stalePartFiles';
import { targetExistsError } from './targetErrors';
import { sanitize } from '../../../support/errors';
import type { Target } from '../../destination';

const NOT_EXCLUSIVE =
	'This server has no request that creates a file only if none exists. If another program had created this file at the same moment, the node would have replaced it.';
const RESERVED =
	'Renames on this server replace files, so the node first reserved the name with an empty file. Readers may have seen the empty file briefly.';

/** What an earlier try of the same publication, whose answer was lost, may have done. */
export interface RenameProgress {
	/** Whether any request was sent that may give the file its name. */
	sent: boolean;
	linked: boolean;
	reserved: boolean;
}

/**
 * Puts a part file under its target's name if that is free, by what the server has for it. Resolves to what is worth telling. Rejects with
 * `targetExists` or the server's status.
 */
export async function renameCreateOnly(
	session: Session,
	part: string,
	target: Target,
	setter: AttributeSetter,
	progress: RenameProgress,
	patience: QueueOptions,
): Promise<readonly string[]> {
	const path = pathOf(target);
	const how = await createOnlyOf(session, target);
	const run = async () => await renameBy(how, { session, part, path, setter, progress });
	return how === 'none' ? await queueByName(session.traits.place, path, patience, run) : await run();
}

interface CreateOnlyRename {
	readonly session: Session;
	readonly part: string;
	readonly path: string;
	readonly setter: AttributeSetter;
	readonly progress: RenameProgress;
}

async function renameBy(
	how: CreateOnly,
	{ session, part, path, setter, progress }: CreateOnlyRename,
): Promise<readonly string[]> {
	const existing = await lstat(session, path).catch((fault: unknown) => {
		// Where nothing can be seen, what the server has for it tells.
		if (session.isLost()) throw fault;
		return undefined;
	});
	if (progress.linked && existing !== undefined && (await isSameFile(session, part, path))) {
		setter.apply();
		return await finishLink(session, part);
	}
	const isReserved = progress.reserved && existing?.size === 0;
	// Some servers' rename replaces what is there.
	if (existing !== undefined && !isReserved) throw targetExistsError(path);
	setter.apply();
	progress.sent = true;
	switch (how) {
		case 'link':
			progress.linked = true;
			await unlessTaken(session, path, async () => await link(session, part, path));
			return await finishLink(session, part);
		case 'reserve':
			// Set ahead of the answer: when that is lost, the empty file would stay for good.
			progress.reserved = true;
			if (!isReserved) await unlessTaken(session, path, async () => await reserve(session, path));
			await overReservation(session, part, path);
			return [RESERVED];
		default:
			await unlessTaken(session, path, async () => await rename(session, part, path));
			return how === 'none' ? [NOT_EXCLUSIVE] : [];
	}
}

async function unlessTaken(session: Session, path: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (fault) {
		if (session.isLost()) throw fault;
		const status = statusOf(fault);
		const unseen = status === STATUS.failure || status === STATUS.fileExists ? 'there' : undefined;
		const existing = await lstat(session, path).catch(() => unseen);
		throw existing === undefined ? fault : targetExistsError(path);
	}
}

async function link(session: Session, from: string, to: string): Promise<void> {
	await session.call((sftp, answer) => sftp.ext_openssh_hardlink(from, to, answer));
}

async function finishLink(session: Session, part: string): Promise<readonly string[]> {
	if (await removePartFile(session, part)) return [];
	if (session.isLost()) throw new Error('The connection was lost');
	return [`The server refused to remove the temporary name of the file: ${sanitize(part)}.`];
}

/** Two names of one file show the same times, whichever of them is given them. Where it is one file, it has the current time afterwards. */
async function isSameFile(session: Session, part: string, path: string): Promise<boolean> {
	const mark = 1 + Math.floor(Math.random() * 1_000_000_000);
	await session.call((sftp, answer) => sftp.utimes(part, mark, mark, answer)).catch(() => undefined);
	const isSame = (await lstat(session, path))?.mtime === mark;
	const now = Math.floor(Date.now() / 1000);
	if (isSame) await session.call((sftp, answer) => sftp.utimes(part, now, now, answer)).catch(() => undefined);
	return isSame;
}

async function reserve(session: Session, path: string): Promise<void> {
	await session.close(await session.open((sftp, answer) => sftp.open(path, 'wx', answer)));
}

/** Takes the empty file away again when the rename is refused. */
async function overReservation(session: Session, part: string, path: string): Promise<void> {
	try {
		await renameReplacing(session, part, path);
	} catch (fault) {
		const isOurs = !session.isLost() && (await lstat(session, path).catch(() => undefined))?.size === 0;
		if (isOurs) await removePartFile(session, path);
		throw fault;
	}
}
