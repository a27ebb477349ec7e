import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { stat, pathOf } from '../files/remoteFiles';
import { type FileStat, parentOf } from '../fileStat';
import { sanitize } from '../../../support/errors';
import type { Target } from '../../destination';

/** A bound on what is remembered of a server with ever new folders. */
const MOST_FOLDERS = 1000;

/** Read and write, for the owner. */
const OWNER = 0o600;

/** What a new file takes over from the one that it replaces. */
export interface InheritedPermissions {
	/** To be set when the file is complete; absent when the part file has them. */
	readonly permissions?: number;
	/** What could not be taken over. */
	readonly notes: readonly string[];
}

/**
 * Gives a part file the permissions of the file that it is to replace, unless the user has asked for others, and tells what else is lost
 * with that file. Never rejects.
 */
export async function inheritPermissions(
	session: Session,
	part: string,
	target: Target,
	old: FileStat | undefined,
): Promise<InheritedPermissions> {
	if (old === undefined) return { notes: [] };
	const path = sanitize(pathOf(target));
	if (old.kind === 'link') {
		return {
			notes: [`${path} was a symbolic link. The new file has replaced the link; what it pointed to is unchanged.`],
		};
	}
	try {
		const created = await newFile(session, part, target);
		const notes = created === undefined ? [] : ownersNote(path, old, created);
		const wanted = target.attributes.permissions === undefined ? old.permissions : undefined;
		if (wanted === undefined || created?.permissions === undefined || created.permissions === wanted) return { notes };
		return { ...(await takeOver(session, part, wanted)), notes };
	} catch {
		return { notes: [] };
	}
}

/** What files of this user get in this folder, with the permissions that are asked for. */
async function newFile(session: Session, part: string, { attributes }: Target): Promise<FileStat | undefined> {
	const { newFiles } = traitsOf(session);
	const folder = `${attributes.permissions ?? ''} ${parentOf(part)}`;
	const cached = newFiles.get(folder);
	if (cached !== undefined) return cached;
	const found = await stat(session, part);
	if (newFiles.size >= MOST_FOLDERS) newFiles.clear();
	if (found !== undefined) newFiles.set(folder, found);
	return found;
}

/** At once, so that no reader sees more of the file on its way than of the old one; its owner has to write it. What is refused is asked for again at the end. */
async function takeOver(session: Session, part: string, wanted: number): Promise<{ readonly permissions?: number }> {
	const set = await session.chmod(part, wanted | OWNER).then(
		() => true,
		() => false,
	);
	return set && (wanted | OWNER) === wanted ? {} : { permissions: wanted };
}

function ownersNote(path: string, old: FileStat, created: FileStat): string[] {
	if (old.uid === undefined || created.uid === undefined || (old.uid === created.uid && old.gid === created.gid))
		return [];
	return [
		`The ${path} that was replaced belonged to user ${old.uid} and group ${old.gid}; the new one belongs to ${created.uid} and ${created.gid}.`,
	];
}
