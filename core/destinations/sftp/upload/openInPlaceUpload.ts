import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { look, pathOf, unmeasured } from '../files/remoteFiles';
import { alreadyThere, isFolder } from '../files/targetErrors';
import { sizeByHandle } from '../handles/readBack';
import { wayFor } from '../handles/writeHandle';
import { refused } from '../statusErrors';
import { createPart } from './createPartFile';
import { InPlace, type InPlaceOpening } from './inPlaceUpload';
import { unlessStopped } from '../../../support/abort';
import { shown, WritebackError } from '../../../support/errors';
import type { Upload } from '../../destination';

/** SSH_FXF_WRITE alone: neither makes nor empties a file. */
const WRITE_ONLY = 2;

/** Opens an upload that writes to the target itself. Nothing of an existing file is touched before the first byte is there. */
export async function openInPlace(opening: InPlaceOpening, session: Session): Promise<Upload> {
	const { target, signal } = opening;
	const path = pathOf(target);
	const there = await unlessStopped(
		look(session, path).catch(() => 'unseen' as const),
		signal,
	);
	if (there !== undefined && there !== 'unseen') {
		if (there.kind === 'folder') throw isFolder(path);
		if (!target.replace) throw alreadyThere(path);
		return new InPlace(opening, session, path, undefined);
	}
	const way = await wayFor(opening.reach, session, signal);
	const creating = createPart({ session, channel: way.channel }, target, path).catch(async (fault: unknown) => {
		const taken = !session.isLost() && (await look(session, path).catch(() => undefined)) !== undefined;
		throw taken && !target.replace ? alreadyThere(path) : fault;
	});
	const created = await unlessStopped(creating, signal, () => void drop(session, path)).catch((fault: unknown) => {
		// Servers that show nothing may hold an older file of this name.
		const mayExist =
			there === 'unseen' && target.replace && fault instanceof WritebackError && fault.reason === 'targetRefused';
		if (!mayExist || session.isLost()) throw fault;
		return undefined;
	});
	const unseen = traitsOf(session).blind ? await whyUnmeasured(session, path, created?.handle) : undefined;
	const upload = new InPlace(opening, session, path, created && { ...created, way });
	if (unseen === undefined) return upload;
	await upload.abort();
	throw unseen;
}

/** Where only an open handle shows a size, and does not do that either; the file is not touched. */
async function whyUnmeasured(session: Session, path: string, handle: Buffer | undefined) {
	try {
		const open = handle ?? (await session.open((sftp, answer) => sftp.open(path, WRITE_ONLY, answer)));
		const size = await sizeByHandle({ channel: session, handle: open });
		if (handle === undefined) await session.close(open);
		return size === undefined ? unmeasured(path) : undefined;
	} catch (fault) {
		return refused(fault, `write to ${shown(path)}`);
	}
}

async function drop(session: Session, path: string): Promise<void> {
	await session.tell((sftp, answer) => sftp.unlink(path, answer)).catch(() => undefined);
}
