import { shown, WritebackError } from '../../errors';
import { PerhapsPublished, type Target } from '../destination';
import { cameLate, dress, notesOf, outfitOf } from './dress';
import { look, pathOf } from './folders';
import type { Reach } from './reach';
import { dropAside, type Outfit, rename, replace } from './replace';
import type { Session } from './session';
import { refused, STATUS, statusOf } from './status';

/** Attempts of a publication whose connection is lost again and again. */
const TRIES = 4;

/** A part file that is complete, and where it belongs. */
export interface Finished {
	readonly part: string;
	/** Where the old file steps aside on a server that cannot replace in one step. */
	readonly aside: string;
	readonly bytes: number;
	readonly target: Target;
}

/**
 * Puts a part file under its target's name, and goes on after lost connections; resolves to what the server would not do or did another
 * way. Rejects with the server's refusal, `targetExists`, or `destinationInterrupted`.
 */
export async function publish(reach: Reach, finished: Finished, signal: AbortSignal): Promise<readonly string[]> {
	const { aside } = finished;
	for (let tries = 1; ; tries++) {
		const session = await reach.sessionAgain(signal).catch((fault: unknown) => {
			// An earlier rename may have been done although its answer was lost.
			throw tries === 1 ? fault : lostInCommit(finished, fault);
		});
		try {
			const done = tries > 1 && (await wasPublished(session, finished));
			const notes = done ? [] : await put(session, finished);
			// A swap that was interrupted has left the old file aside.
			return tries > 1 ? [...notes, ...(await dropAside(session, aside))] : notes;
		} catch (fault) {
			if (!session.isLost()) throw await vanished(session, finished, fault);
			if (tries === TRIES) throw lostInCommit(finished, fault);
		}
	}
}

/** The fault itself, or why it came: somebody has removed the part file. */
async function vanished(session: Session, { part, target }: Finished, fault: unknown): Promise<unknown> {
	const there =
		statusOf(fault) !== STATUS.noSuchFile || (await look(session, part).catch(() => 'unseen')) !== undefined;
	if (there) return refused(fault, `rename the finished file to ${pathOf(target)}`);
	return new WritebackError('destinationInterrupted', `Somebody has removed ${shown(part)} from the SFTP server`, {
		hint: 'It was complete, and waited to be published; the target is unchanged. Run it again, or raise Transfer → Max Tries.',
	});
}

async function put(session: Session, { part, aside, target }: Finished): Promise<readonly string[]> {
	const path = pathOf(target);
	// Some servers' rename replaces what is there.
	if (!target.replace && (await look(session, path)) !== undefined) throw alreadyThere(path);
	const { outfit, refused: last } = outfitOf(session, part, target.attributes);
	const notes = target.replace
		? await replace(session, part, path, aside, outfit)
		: await create(session, part, path, outfit);
	const refusals = await last();
	return [...notes, ...notesOf(cameLate(refusals) ? await dress(session, path, target.attributes) : refusals)];
}

/** A plain rename, which OpenSSH and its like refuse in the same step when the name is taken. */
async function create(session: Session, part: string, path: string, outfit: Outfit): Promise<readonly string[]> {
	outfit.on();
	try {
		await rename(session, part, path);
		return [];
	} catch (fault) {
		const taken = !session.isLost() && (await look(session, path)) !== undefined;
		throw taken ? alreadyThere(path) : fault;
	}
}

/** The name is taken, and what has it may not be replaced. */
export function alreadyThere(path: string): WritebackError {
	return new WritebackError('targetExists', `On the SFTP server ${shown(path)} already exists`, {
		hint: 'The target is unchanged. Choose Replace, Skip or Add Number in Publishing → If Exists, or another Filename.',
	});
}

/** Whether the rename was done although its answer was lost: the part file, whose name is this upload's alone, is gone. */
async function wasPublished(session: Session, { part, target, bytes }: Finished): Promise<boolean> {
	const [left, there] = await Promise.all([look(session, part), look(session, pathOf(target))]);
	return left === undefined && there?.size === bytes;
}

function lostInCommit({ target, aside }: Finished, cause: unknown): WritebackError {
	const path = pathOf(target);
	return new PerhapsPublished('destinationInterrupted', `The connection was lost while ${path} was being published`, {
		hint: `The target may already hold the new file, complete; look there, or run it again. If it is missing, its old content is ${aside}.`,
		cause,
	});
}
