import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { createFolder } from '../files/createFolder';
import { type RenameProgress, renameCreateOnly } from '../files/createOnlyRename';
import type { QueueOptions } from '../files/nameQueue';
import { stat, pathOf } from '../files/remoteFiles';
import { removeBackup, isGone, replaceFile } from '../files/replaceFile';
import { statBy } from '../files/statMethods';
import { notAsPublished } from '../files/targetErrors';
import type { FileStat } from '../fileStat';
import { refused } from '../statusErrors';
import {
	renamedBeforeSet,
	setAttributes,
	type SettableAttributes,
	ignoredAttributes,
	notesOf,
	attributeSetter,
} from './fileAttributes';
import type { InheritedPermissions } from './inheritPermissions';
import { withOptions, sanitize, WritebackError } from '../../../support/errors';
import { endedAfterStop } from '../../../support/idleTimeout';
import { retry } from '../../../support/retry';
import { CommitOutcomeUnknown, type Target } from '../../destination';

/** Attempts of a publication whose connection is lost again and again. */
const TRIES = 4;

/** A part file that is complete, and where it belongs. */
export interface FinishedPartFile {
	readonly part: string;
	/** Where the old file steps aside on a server that cannot replace in one step. */
	readonly backupPath: string;
	readonly bytes: number;
	readonly target: Target;
	/** What it takes over from the file that it replaces. */
	readonly inherited: InheritedPermissions;
}

/**
 * Puts a part file under its target's name, and goes on after lost connections; resolves to what the server would not do or did another
 * way. Rejects with the server's refusal, `targetExists`, or `destinationInterrupted`.
 */
export async function publish(
	sessions: SessionProvider,
	finished: FinishedPartFile,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const patience = { idleMs: sessions.idleMs, signal };
	const progress: RenameProgress = { sent: false, linked: false, reserved: false };
	let session: Session | undefined;
	/** Why no answer came to a rename that was sent. */
	let loss: { readonly fault: unknown } | undefined;
	const publishOnce = async (tries: number): Promise<readonly string[]> => {
		session = undefined;
		const current = (session = await sessions.reconnect(signal));
		if (loss !== undefined && (await wasPublished(current, finished, loss.fault)))
			return [...finished.inherited.notes, ...(await removeBackup(current, finished.backupPath))];
		const rename = async () => await renameAndSetAttributes(current, finished, progress, patience);
		const notes = await endedAfterStop(signal, current.end, rename);
		// A swap that was interrupted has left the old file aside.
		return tries > 1 ? [...notes, ...(await removeBackup(current, finished.backupPath))] : notes;
	};
	return await retry(publishOnce, async (fault, tries) => {
		if (fault instanceof CommitOutcomeUnknown) throw fault;
		// Without a connection an earlier rename may have been done although its answer was lost.
		if (session === undefined) throw loss === undefined ? fault : lostInCommit(finished, fault);
		if (session.isLost()) {
			if (progress.sent) loss ??= { fault };
			if (tries < TRIES) return;
			throw loss === undefined ? fault : lostInCommit(finished, fault);
		}
		// What is refused now, a name that is taken too, may come of the rename that was done before.
		const isOpen = async (current: Session) =>
			!isThere(await look(current, finished.part)) || (await mayBeOurs(current, finished, progress, fault));
		if (loss !== undefined && (await isOpen(session))) throw lostInCommit(finished, fault);
		if (tries < TRIES && (await madeFolderAgain(session, finished.target))) return;
		throw await vanished(session, finished, fault);
	});
}

/** Whether what has the name may be what an earlier try of this publication has put there: a second name of the part file, or an empty file. */
async function mayBeOurs(
	session: Session,
	{ target, bytes }: FinishedPartFile,
	{ linked, reserved }: RenameProgress,
	fault: unknown,
): Promise<boolean> {
	if (!(fault instanceof WritebackError) || fault.reason !== 'targetExists' || !(linked || reserved)) return false;
	const found = await look(session, pathOf(target));
	return !isThere(found) || found.size === undefined || found.size === bytes;
}

/** With a part file elsewhere, the folder is empty until now: another writeback that came to nothing may have removed it. */
async function madeFolderAgain(session: Session, { temporary, createFolders, folder }: Target): Promise<boolean> {
	if (temporary?.kind !== 'folder' || !createFolders) return false;
	return (await createFolder(session, folder).catch(() => [])).length > 0;
}

/** The fault itself, or why it came: the part file was removed by someone else. */
async function vanished(session: Session, { part, target }: FinishedPartFile, fault: unknown): Promise<unknown> {
	if (fault instanceof WritebackError) return fault;
	// A folder that is missing is said in the same way.
	const gone = (await isGone(session, fault, part)) && (await stat(session, part).catch(() => 'unseen')) === undefined;
	if (!gone) return notRenamed(target, fault);
	return new WritebackError(
		'destinationInterrupted',
		`The SFTP server no longer has ${sanitize(part)}: it was removed before it was published`,
		{
			hint: "The upload was complete but not yet published, so the target is unchanged. Try again, or raise Transfer → 'Max Tries'.",
		},
	);
}

function notRenamed(target: Target, fault: unknown): unknown {
	const why = refused(fault, `rename the finished file to ${sanitize(pathOf(target))}`, 'RENAME');
	if (target.temporary?.kind !== 'folder' || !(why instanceof WritebackError)) return why;
	const hint = `${why.hint} The finished file is in ${sanitize(target.temporary.folder || 'the login folder')}, and many servers rename files only within one disk. Choose a 'Temporary Folder' on the same disk as 'Path', or change 'Temporary Name'.`;
	return withOptions(why, { hint });
}

async function renameAndSetAttributes(
	session: Session,
	finished: FinishedPartFile,
	progress: RenameProgress,
	patience: QueueOptions,
): Promise<readonly string[]> {
	const { part, backupPath, target, inherited } = finished;
	const path = pathOf(target);
	const { permissions } = inherited;
	const wanted: SettableAttributes = { ...(permissions !== undefined && { permissions }), ...target.attributes };
	const { outfit: setter, refused: last } = attributeSetter(session, part, wanted);
	progress.sent ||= target.replace;
	let early: Promise<Look> | undefined;
	// In the same round trip as the rename, whichever it is.
	const lookBehind = () => void (early = lookEarly(session, path, wanted));
	const notes = target.replace
		? await replaceFile(session, part, path, backupPath, setter, lookBehind)
		: await renameCreateOnly(session, part, target, setter, progress, patience);
	const refusals = await last();
	const settled = renamedBeforeSet(refusals) ? await setAttributes(session, path, wanted) : refusals;
	const refusedWhat = settled.map(({ what }) => what);
	const differs = await differences(session, finished, wanted, await early);
	const overlooked = differs.filter(([what]) => !refusedWhat.includes(what)).map(([, note]) => note);
	return [...notes, ...inherited.notes, ...notesOf(settled), ...overlooked];
}

/** What is at a path, undefined when nothing is; `unseen` where the server doesn't say. */
type Look = FileStat | 'unseen' | undefined;

async function look(session: Session, path: string): Promise<Look> {
	return await stat(session, path).catch(() => 'unseen' as const);
}

const isThere = (found: Look): found is FileStat => typeof found === 'object';

const isWished = ({ asOf, permissions }: SettableAttributes) => asOf !== undefined || permissions !== undefined;

/** Only a wish is worth more requests than one. */
async function lookEarly(session: Session, path: string, wanted: SettableAttributes): Promise<Look> {
	if (isWished(wanted)) return await look(session, path);
	return await statBy(session, 'STAT', path).catch(() => 'unseen' as const);
}

/**
 * What the server was asked to set and did not; a first look may have come too early. Rejects with `CommitOutcomeUnknown` when the file
 * is not what was to be published.
 */
async function differences(
	session: Session,
	{ part, target, bytes }: FinishedPartFile,
	wanted: SettableAttributes,
	early: Look,
): Promise<ReturnType<typeof ignoredAttributes>> {
	const path = pathOf(target);
	const hasSize = ({ size = bytes }: FileStat) => size === bytes;
	if (isThere(early) && hasSize(early) && ignoredAttributes(early, wanted).length === 0) return [];
	if (!isWished(wanted) && (early === 'unseen' || !target.replace)) return [];
	const [found, old] = await Promise.all([look(session, path), look(session, part)]);
	if (found === 'unseen') return [];
	const isRight = found !== undefined && hasSize(found);
	// A server without a rename that creates only may leave it there, and a note says so.
	if (isThere(old) && (target.replace || !isRight))
		throw notAsPublished(path, 'the file still has its temporary name', target.replace || found === undefined);
	if (found === undefined) return [[path, MISSING]];
	if (!isRight) throw notAsPublished(path, `the file has ${found.size} bytes instead of ${bytes}`, target.replace);
	return ignoredAttributes(found, wanted);
}

const MISSING =
	'Right after the file was published, the server no longer showed it: another program may have taken it away already.';

/** Whether the rename was done although its answer was lost. Rejects with `CommitOutcomeUnknown` when it was, and the target shows something else. */
async function wasPublished(session: Session, finished: FinishedPartFile, loss: unknown): Promise<boolean> {
	const { part, target, bytes } = finished;
	const [partFile, published] = await Promise.all([look(session, part), look(session, pathOf(target))]);
	// Its name is this upload's alone.
	if (partFile !== undefined || session.isLost()) return false;
	if (isThere(published) && published.size === bytes) return true;
	throw lostInCommit(finished, loss);
}

function lostInCommit({ target, backupPath }: FinishedPartFile, cause: unknown): WritebackError {
	const path = pathOf(target);
	return new CommitOutcomeUnknown(
		'destinationInterrupted',
		`The connection was lost while ${path} was being published`,
		{
			hint: `The target may already hold the new file, complete. Check the folder, or try again. If the file is missing, its old content is in ${backupPath}.`,
			cause,
			// Otherwise the next try would take this file for another one.
			retryable: target.replace,
		},
	);
}
