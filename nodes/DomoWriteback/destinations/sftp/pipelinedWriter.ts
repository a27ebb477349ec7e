import type { Readable } from 'node:stream';
import { cancelled } from '../../errors';
import { blocks } from '../blocks';
import type { Session } from './session';

/** Bytes sent and not yet acknowledged. OpenSSH's sftp keeps as much under way (64 requests of 32 KiB). */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Writes all of `body` to an open file, many requests under way at once, and resolves to the byte count once all are acknowledged.
 * Rejects with the first fault: the body's own, the server's status, a lost connection, or `cancelled`.
 */
export async function writePipelined(
	body: Readable,
	session: Session,
	handle: Buffer,
	signal: AbortSignal,
): Promise<number> {
	const way = underWay();
	const stop = () => way.fail(cancelled());
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	let position = 0;
	try {
		for await (const block of blocks(body, session.maxWriteBytes)) {
			await way.room(WINDOW_BYTES - block.length);
			const at = position;
			position += block.length;
			way.add(
				block.length,
				session.tell((sftp, answer) => sftp.write(handle, block, 0, block.length, at, answer)),
			);
		}
		await way.room(0);
		return position;
	} finally {
		signal.removeEventListener('abort', stop);
		body.destroy();
	}
}

/** Counts the bytes under way and lets one waiter know when there is room again or something failed. */
function underWay() {
	let bytes = 0;
	let fault: { readonly reason: unknown } | undefined;
	let wake = (): void => undefined;
	const fail = (reason: unknown) => {
		fault ??= { reason };
		wake();
	};
	return {
		fail,
		add(length: number, sent: Promise<unknown>) {
			bytes += length;
			sent.then(() => {
				bytes -= length;
				wake();
			}, fail);
		},
		/** Resolves once at most `most` bytes are under way; rejects with the first fault. */
		async room(most: number) {
			while (fault === undefined && bytes > Math.max(0, most)) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
			if (fault !== undefined) throw fault.reason;
		},
	};
}
