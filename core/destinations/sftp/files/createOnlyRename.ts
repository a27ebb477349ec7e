import type { CreateOnly } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { STATUS, statusOf } from '../statusErrors';
import { inNameTurn, type Patience } from './nameQueue';
import { lookAtName, pathOf } from './remoteFiles';
import { createOnlyOf } from './renameProbe';
import { type Outfit, putInPlace, rename } from './replaceFile';
import { remove } from './stalePartFiles';
import { alreadyThere } from './targetErrors';
import { shown } from '../../../support/errors';
import type { Target } from '../../destination';

const NOT_EXCLUSIVE =
	'The server has no request that creates a file only where none is: had a writer outside of this n8n process created this one in the same moment, it would have been replaced.';
const RESERVED =
	"The server's renames replace files, so an empty file took the name first; a reader may have met it for a moment.";

/** What an earlier try of the same publication, whose answer was lost, may have done. */
export interface Progress {
	linked: boolean;
	reserved: boolean;
}

/**
 * Puts a part file under its target's name if that is free, by what the server has for it. Resolves to what is worth telling. Rejects with
 * `targetExists` or the server's status.
 */
export async function takeName(
	session: Session,
	part: string,
	target: Target,
	outfit: Outfit,
	progress: Progress,
	patience: Patience,
): Promise<readonly string[]> {
	const path = pathOf(target);
	const how = await createOnlyOf(session, target);
	const take = async () => await takeBy(how, { session, part, path, outfit, progress });
	return how === 'none' ? await inNameTurn(session.traits.place, path, patience, take) : await take();
}

interface Taking {
	readonly session: Session;
	readonly part: string;
	readonly path: string;
	readonly outfit: Outfit;
	readonly progress: Progress;
}

async function takeBy(how: CreateOnly, { session, part, path, outfit, progress }: Taking): Promise<readonly string[]> {
	const there = await lookAtName(session, path).catch((fault: unknown) => {
		// Where nothing can be seen, what the server has for it tells.
		if (session.isLost()) throw fault;
		return undefined;
	});
	if (progress.linked && there !== undefined && (await isSameFile(session, part, path))) {
		outfit.on();
		return await finishLink(session, part);
	}
	const isReserved = progress.reserved && there?.size === 0;
	// Some servers' rename replaces what is there.
	if (there !== undefined && !isReserved) throw alreadyThere(path);
	outfit.on();
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
		const there = await lookAtName(session, path).catch(() => unseen);
		throw there === undefined ? fault : alreadyThere(path);
	}
}

async function link(session: Session, from: string, to: string): Promise<void> {
	await session.tell((sftp, answer) => sftp.ext_openssh_hardlink(from, to, answer));
}

async function finishLink(session: Session, part: string): Promise<readonly string[]> {
	if (await remove(session, part)) return [];
	if (session.isLost()) throw new Error('The connection was lost');
	return [`The server did not let the temporary name of the file be removed: it is ${shown(part)}.`];
}

/** Two names of one file show the same times, whichever of them is given them. */
async function isSameFile(session: Session, part: string, path: string): Promise<boolean> {
	const mark = 1 + Math.floor(Math.random() * 1_000_000_000);
	await session.tell((sftp, answer) => sftp.utimes(part, mark, mark, answer)).catch(() => undefined);
	return (await lookAtName(session, path))?.mtime === mark;
}

async function reserve(session: Session, path: string): Promise<void> {
	await session.close(await session.open((sftp, answer) => sftp.open(path, 'wx', answer)));
}

/** Takes the empty file away again when the rename is refused. */
async function overReservation(session: Session, part: string, path: string): Promise<void> {
	try {
		await putInPlace(session, part, path);
	} catch (fault) {
		const isOurs = !session.isLost() && (await lookAtName(session, path).catch(() => undefined))?.size === 0;
		if (isOurs) await remove(session, path);
		throw fault;
	}
}
