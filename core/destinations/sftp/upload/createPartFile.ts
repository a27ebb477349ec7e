import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SftpChannel } from '../connection/sftpChannel';
import { createFolder, removeFolders } from '../files/createFolder';
import { stat } from '../files/remoteFiles';
import { createOnlyOf, noRename } from '../files/renameProbe';
import { removePartFile } from '../files/stalePartFiles';
import { nameOf, parentOf } from '../fileStat';
import { isRefusal, isStatus, refused, saysMissing } from '../statusErrors';
import { sanitize, WritebackError } from '../../../support/errors';
import type { Target } from '../../destination';

/** Read and write, for the owner. */
const OWNER = 0o600;

/** Another writeback that came to nothing may remove the folder between the moments in which this one makes it and uses it. */
const TRIES = 3;

/** Where a file is opened: its channel may be one of its own. */
export interface OpenLocation {
	readonly session: Session;
	readonly channel: SftpChannel;
}

/** A part file that is open and empty. */
export interface Created {
	readonly handle: Buffer;
	/** Folders that were made for it. */
	readonly createdFolders: readonly string[];
}

/** Makes the part file and, where that is wished for, the folders that are missing. Rejects with what was refused, leaving nothing. */
export async function createPartFile(
	{ session, channel }: OpenLocation,
	target: Target,
	part: string,
): Promise<Created> {
	const createdFolders: string[] = [];
	let handle: Buffer | undefined;
	let isMade = false;
	try {
		handle = await opened({ session, channel }, target, part, createdFolders);
		isMade = true;
		if (target.temporary?.kind === 'folder') await ensureFolder(session, target, target.folder, createdFolders);
		const isInPlace = target.temporary?.kind === 'none';
		if (isInPlace || target.replace || traitsOf(session).createOnly !== undefined) return { handle, createdFolders };
		const closing = channel.close(handle);
		handle = undefined;
		await closing.catch((fault: unknown) => {
			throw refused(fault, `close ${sanitize(part)}`, 'CLOSE');
		});
		if ((await createOnlyOf(session, target)) === 'refused') throw noRename(target);
		return { handle: await createdAgain({ session, channel }, target, part), createdFolders };
	} catch (fault) {
		if (handle !== undefined) channel.close(handle).catch(() => undefined);
		if (isMade) await removePartFile(session, part);
		await removeFolders(session, createdFolders);
		throw fault;
	}
}

async function opened(
	{ session, channel }: OpenLocation,
	target: Target,
	part: string,
	createdFolders: string[],
): Promise<Buffer> {
	for (let tries = 1; ; tries++) {
		try {
			return await create(channel, target, part);
		} catch (fault) {
			if (!isStatus(session, fault)) throw fault;
			if (!target.createFolders || tries === TRIES) throw await whyNotCreated(session, target, part, fault);
			const made = await createFolder(session, parentOf(part));
			createdFolders.push(...made);
			// Another writeback may have made it meanwhile.
			if (made.length === 0 && isRefusal(fault)) throw await whyNotCreated(session, target, part, fault);
		}
	}
}

/** Opens a file of one's own. `make` fails where one is. */
async function create(
	channel: SftpChannel,
	{ attributes }: Target,
	path: string,
	flags: 'wx' | 'w' = 'wx',
): Promise<Buffer> {
	const { permissions } = attributes;
	return await channel.open((sftp, answer) => {
		if (permissions === undefined) return sftp.open(path, flags, answer);
		// Readers see no more of it than later; its owner has to write it.
		return sftp.open(path, flags, { mode: permissions | OWNER }, answer);
	});
}

/** A folder that is missing may be what a server means that only says "Failure". */
async function whyNotCreated(session: Session, target: Target, part: string, fault: unknown): Promise<unknown> {
	if (!isStatus(session, fault) || !(fault instanceof Error)) return fault;
	const folder = parentOf(part);
	const file = target.temporary?.kind === 'none' ? 'file' : 'temporary file';
	const doing = `create the ${file} ${sanitize(nameOf(part))} in ${sanitize(folder || 'the login folder')}`;
	const isMissing =
		!saysMissing(fault) && folder !== '' && (await stat(session, folder).catch(() => 'unseen')) === undefined;
	if (isMissing) return refused(Object.assign(new Error(fault.message), { code: 2 }), doing);
	if (!isRefusal(fault)) return refused(fault, doing);
	return new WritebackError(
		'targetRefused',
		`The SFTP server does not let this user ${doing} (the server says: ${sanitize(fault.message)})`,
		{
			hint: "Ask its administrator for permission to create, rename and delete files in this folder, or change 'Path'. If the server accepts only some names, change Publishing → 'Temporary Name'.",
		},
	);
}

async function ensureFolder(
	session: Session,
	{ createFolders }: Target,
	folder: string,
	createdFolders: string[],
): Promise<void> {
	const isThere = folder === '' || (await stat(session, folder).catch(() => 'unseen')) !== undefined;
	if (isThere) return;
	if (createFolders) return void createdFolders.push(...(await createFolder(session, folder)));
	throw refused(Object.assign(new Error('No such file'), { code: 2 }), `find ${sanitize(folder)}`);
}

/** Makes the part file anew: it was closed while the node learned how the server takes a name, and some servers let no file be opened again. */
async function createdAgain({ session, channel }: OpenLocation, target: Target, part: string): Promise<Buffer> {
	const isGone = await removePartFile(session, part);
	return await create(channel, target, part, isGone ? 'wx' : 'w').catch(async (fault: unknown) => {
		throw await whyNotCreated(session, target, part, fault);
	});
}
