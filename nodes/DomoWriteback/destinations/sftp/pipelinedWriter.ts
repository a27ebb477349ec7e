import type { Readable } from 'node:stream';
import { blocks } from '../blocks';
import { firstFault } from '../firstFault';
import type { Session } from './session';

/** Bytes sent and not yet acknowledged. OpenSSH's sftp keeps half of it under way (64 requests of 32 KiB). */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Writes all of `body` to an open file, many requests under way at once, and resolves to the byte count once all are acknowledged.
 * Rejects with the first fault: the body's own, the server's status, a lost connection, or `cancelled`.
 */
export async function writePipelined(
	body: Readable,
	session: Session,
	handle: Buffer,
	stopped: AbortSignal,
): Promise<number> {
	const { signal, fail, forget } = firstFault(stopped);
	let position = 0;
	let underWay = 0;
	let wake = (): void => undefined;
	signal.addEventListener('abort', () => wake(), { once: true });
	const room = async (most: number) => {
		while (!signal.aborted && underWay > most) {
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
		signal.throwIfAborted();
	};
	const send = (block: Buffer, at: number) => {
		underWay += block.length;
		const sent = session.tell((sftp, answer) => sftp.write(handle, block, 0, block.length, at, answer));
		sent.then(() => {
			underWay -= block.length;
			wake();
		}, fail);
	};
	try {
		for await (const block of blocks(body, session.maxWriteBytes, signal)) {
			await room(WINDOW_BYTES - block.length);
			send(block, position);
			position += block.length;
		}
		await room(0);
		return position;
	} finally {
		forget();
	}
}
