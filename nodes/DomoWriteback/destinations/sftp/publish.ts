import { WritebackError } from '../../errors';
import { look } from './folders';
import type { Reach } from './reach';
import { replace } from './replace';
import type { Session } from './session';
import { refused } from './status';

/** Attempts of a publication whose connection is lost again and again. */
const TRIES = 4;

/** A part file that is complete, and where it belongs. */
export interface Finished {
	readonly part: string;
	readonly path: string;
	/** Where the old file steps aside on a server that cannot replace in one step. */
	readonly aside: string;
	readonly bytes: number;
}

/** Puts a part file under its target's name, and goes on after lost connections. Rejects with the server's refusal, or `destinationInterrupted`. */
export async function publish(reach: Reach, finished: Finished, signal: AbortSignal): Promise<void> {
	const { part, path, aside } = finished;
	for (let tries = 1; ; tries++) {
		const session = await reach.sessionAgain(signal);
		try {
			if (tries === 1 || !(await wasPublished(session, finished))) await replace(session, part, path, aside);
			// A swap that was interrupted has left the old file aside.
			if (tries > 1) await session.tell((sftp, answer) => sftp.unlink(aside, answer)).catch(() => undefined);
			return;
		} catch (fault) {
			if (!session.isLost()) throw refused(fault, `rename the finished file to ${path}`);
			if (tries === TRIES) throw lostInCommit(path, aside);
		}
	}
}

/** Whether the rename was done although its answer was lost: the part file, whose name is this upload's alone, is gone. */
async function wasPublished(session: Session, { part, path, bytes }: Finished): Promise<boolean> {
	const [left, target] = await Promise.all([look(session, part), look(session, path)]);
	return left === undefined && target?.size === bytes;
}

function lostInCommit(path: string, aside: string): WritebackError {
	return new WritebackError('destinationInterrupted', `The connection was lost while ${path} was being published`, {
		hint: `The target may already hold the new file, complete; look there, or run it again. If it is missing, its old content is ${aside}.`,
	});
}
