import { unlessLost } from '../connection/connectionErrors';
import type { SftpChannel } from '../connection/sftpChannel';
import { openToRead, type ReadHandle, sizeByHandle } from '../handles/readBack';
import type { WriteHandle } from '../handles/writeHandle';
import { isRefusal, refused } from '../statusErrors';
import { sanitize } from '../../../support/errors';

/** What is asked for once all blocks are sent. */
export interface Closing {
	/** The handle that was asked for the size; undefined when none is open. */
	readonly writeHandle: WriteHandle | undefined;
	/** Rejects when the server refuses to close the file. */
	readonly closed: Promise<unknown>;
	/** What the handle that wrote says of the file; undefined when it was not asked or the server does not say. */
	readonly size: Promise<number | undefined>;
	/** Opened for reading behind the last block. */
	readonly file: Promise<ReadHandle>;
	/** Closes that again, where it is not read. */
	drop(): void;
}

/** Asks in the round trip of the last block; a single handle has sent `bytes`. */
export function closeBehind(writeHandle: WriteHandle, part: string, bytes: number): Closing {
	// Not every server works in order: it may have looked before it did a write that was sent earlier, and fewer bytes say nothing.
	const size = sizeByHandle(writeHandle).then((seen) => (seen === bytes ? seen : undefined));
	const closed = close(writeHandle, part);
	// Opened too early, it is compared again.
	const file = openToRead(writeHandle.channel, part);
	for (const request of [size, closed, file]) request.catch(() => undefined);
	return closing({ writeHandle, size, closed, file });
}

/** Asks once all that these handles wrote is acknowledged; the file is opened on `session`. */
export function closeWritten(open: readonly WriteHandle[], session: Promise<SftpChannel>, part: string): Closing {
	const [writeHandle] = open;
	return closing({
		writeHandle,
		size: writeHandle === undefined ? Promise.resolve(undefined) : unlessLost(sizeByHandle(writeHandle)),
		closed: Promise.all(open.map(async (one) => await close(one, part))),
		file: session.then(async (channel) => await openToRead(channel, part)),
	});
}

function closing(asked: Omit<Closing, 'drop'>): Closing {
	const drop = () =>
		void asked.file.then(async ({ channel, handle }) => await channel.close(handle)).catch(() => undefined);
	return { ...asked, drop };
}

async function close(writeHandle: WriteHandle, part: string): Promise<void> {
	await writeHandle.close().catch((fault: unknown) => {
		// Any other status may be about what was written.
		throw isRefusal(fault) ? refused(fault, `close ${sanitize(part)}`, 'CLOSE') : fault;
	});
}
