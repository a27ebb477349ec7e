import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { look, pathOf } from '../files/remoteFiles';
import { type Found, parentOf } from '../fileStat';
import { shown } from '../../../support/errors';
import type { Target } from '../../destination';

/** A bound on what is remembered of a server with ever new folders. */
const MOST_FOLDERS = 1000;

/** Read and write, for the owner. */
const OWNER = 0o600;

/** What a new file takes over from the one that it replaces. */
export interface Inherited {
	/** To be set when the file is complete; absent when the part file has them. */
	readonly permissions?: number;
	/** What could not be taken over. */
	readonly notes: readonly string[];
}

/**
 * Gives a part file the permissions of the file that it is to replace, unless the user has asked for others, and tells what else is lost
 * with that file. Never rejects.
 */
export async function inherit(
	session: Session,
	part: string,
	target: Target,
	old: Found | undefined,
): Promise<Inherited> {
	if (old === undefined) return { notes: [] };
	const path = shown(pathOf(target));
	if (old.kind === 'link') {
		return {
			notes: [`${path} was a symbolic link. The new file has replaced the link; what it pointed to is unchanged.`],
		};
	}
	try {
		const made = await newFile(session, part, target);
		const notes = made === undefined ? [] : ownersNote(path, old, made);
		const wanted = target.attributes.permissions === undefined ? old.permissions : undefined;
		if (wanted === undefined || made?.permissions === undefined || made.permissions === wanted) return { notes };
		return { ...(await takeOver(session, part, wanted)), notes };
	} catch {
		return { notes: [] };
	}
}

/** What files of this user get in this folder, with the permissions that are asked for. */
async function newFile(session: Session, part: string, { attributes }: Target): Promise<Found | undefined> {
	const { newFiles } = traitsOf(session);
	const folder = `${attributes.permissions ?? ''} ${parentOf(part)}`;
	const known = newFiles.get(folder);
	if (known !== undefined) return known;
	const found = await look(session, part);
	if (newFiles.size >= MOST_FOLDERS) newFiles.clear();
	if (found !== undefined) newFiles.set(folder, found);
	return found;
}

/** At once, so that nobody sees more of the file on its way than of the old one; its owner has to write it. What is refused is asked for again at the end. */
async function takeOver(session: Session, part: string, wanted: number): Promise<{ readonly permissions?: number }> {
	const set = await session
		.tell((sftp, answer) => sftp.chmod(part, wanted | OWNER, answer))
		.then(
			() => true,
			() => false,
		);
	return set && (wanted | OWNER) === wanted ? {} : { permissions: wanted };
}

function ownersNote(path: string, old: Found, made: Found): string[] {
	if (old.uid === undefined || made.uid === undefined || (old.uid === made.uid && old.gid === made.gid)) return [];
	return [
		`The ${path} that was replaced belonged to user ${old.uid} and group ${old.gid}; the new one belongs to ${made.uid} and ${made.gid}.`,
	];
}
