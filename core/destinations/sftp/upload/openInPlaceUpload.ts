import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SftpChannel } from '../connection/sftpChannel';
import { lstat, stat, pathOf, sizeUnknownError } from '../files/remoteFiles';
import { targetExistsError, targetIsFolderError } from '../files/targetErrors';
import { sizeByHandle } from '../handles/readBack';
import { leaseChannel } from '../handles/writeHandle';
import { refused } from '../statusErrors';
import { cleanUpCreated } from './cleanUp';
import { createPartFile } from './createPartFile';
import { InPlaceUpload, type InPlaceOpening } from './inPlaceUpload';
import { raceAbort } from '../../../support/abort';
import { sanitize, WritebackError } from '../../../support/errors';
import type { Upload } from '../../destination';

/** SSH_FXF_WRITE alone: neither makes nor empties a file. */
const WRITE_ONLY = 2;

/** Opens an upload that writes to the target itself. Nothing of an existing file is touched before the first byte is there. */
export async function openInPlaceUpload(opening: InPlaceOpening, session: Session): Promise<Upload> {
	const { target, signal } = opening;
	const path = pathOf(target);
	const existing = await raceAbort(
		stat(session, path).catch(() => 'unseen' as const),
		signal,
	);
	if (existing !== undefined && existing !== 'unseen') {
		if (existing.kind === 'folder') throw targetIsFolderError(path);
		if (!target.replace) throw targetExistsError(path);
		return new InPlaceUpload(opening, session, path, undefined);
	}
	const lease = await leaseChannel(opening.sessions, session, signal);
	const creating = createPartFile({ session, channel: lease.channel }, target, path).catch(async (fault: unknown) => {
		const taken = !session.isLost() && (await stat(session, path).catch(() => undefined)) !== undefined;
		throw taken && !target.replace ? targetExistsError(path) : fault;
	});
	const created = await raceAbort(creating, signal).catch(async (fault: unknown) => {
		if (signal.aborted) await cleanUpCreated(opening.sessions, { session, part: path, creating, lease });
		else lease.release();
		if (session.isLost() && existing === undefined) await removeEmpty(opening, path);
		// Servers that show nothing may hold an older file of this name.
		const mayExist =
			existing === 'unseen' && target.replace && fault instanceof WritebackError && fault.reason === 'targetRefused';
		if (!mayExist || session.isLost()) throw fault;
		return undefined;
	});
	const channel = created === undefined ? session : lease.channel;
	const unseen = traitsOf(session).blind ? await whyUnmeasured(channel, path, created?.handle) : undefined;
	const upload = new InPlaceUpload(opening, session, path, created && { ...created, way: lease });
	if (unseen === undefined) return upload;
	await upload.abort();
	throw unseen;
}

/** Where only an open handle shows a size, and does not do that either; the file is not touched. */
async function whyUnmeasured(channel: SftpChannel, path: string, handle: Buffer | undefined) {
	try {
		const open = handle ?? (await channel.open((sftp, answer) => sftp.open(path, WRITE_ONLY, answer)));
		const size = await sizeByHandle({ channel, handle: open });
		if (handle === undefined) await channel.close(open);
		return size === undefined ? sizeUnknownError(path) : undefined;
	} catch (fault) {
		return refused(fault, `write to ${sanitize(path)}`);
	}
}

/** A file that came into being although the answer was lost is empty; nothing had its name before. */
async function removeEmpty({ sessions, signal }: InPlaceOpening, path: string): Promise<void> {
	const removing = async () => {
		const session = await sessions.reconnect(signal);
		if ((await lstat(session, path))?.size === 0) await session.delete(path);
	};
	await raceAbort(removing(), signal).catch(() => undefined);
}
