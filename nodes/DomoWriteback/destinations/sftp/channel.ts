import type { SFTPWrapper } from 'ssh2';
import { WritebackError } from '../../errors';
import type { Redact } from '../../redact/redactor';
import { takeOut } from '../takeOut';
import { redactFault } from './serverText';
import { statusOf } from './status';

type Fault = Error | null | undefined;

/** One SFTP channel: requests on it are answered in order, and the server lets so many bytes wait in it. */
export interface Channel {
	/** Sends one request; rejects with the server's status, or as soon as the connection is lost or silent. */
	tell(send: (sftp: SFTPWrapper, answer: (fault?: Fault) => void) => void): Promise<void>;
	/** The same for a request that is answered with a value. */
	ask<T>(send: (sftp: SFTPWrapper, answer: (fault: Fault, value: T) => void) => void): Promise<T>;
	/** Opens a file or a folder. When the server hands out a handle that is still open on this channel, it mixes files up: rejects, and the connection is ended. */
	open(send: (sftp: SFTPWrapper, answer: (fault: Fault, handle: Buffer) => void) => void): Promise<Buffer>;
	/** Closes what `open` has opened. */
	close(handle: Buffer): Promise<void>;
	/** Largest write the server takes in one request, in bytes. */
	readonly maxWriteBytes: number;
	/** Closes the channel; the connection goes on. */
	endChannel(): void;
}

/** The requests of one connection that wait for an answer. */
export interface Waiting {
	readonly add: (reject: (fault: WritebackError) => void) => void;
	readonly answered: (reject: (fault: WritebackError) => void) => void;
	/** Why the connection is gone; undefined while it lives. */
	readonly lost: () => WritebackError | undefined;
}

/** What a channel tells its connection. */
export interface ChannelEvents {
	/** What a request rejects with that was under way when the channel closed. */
	readonly unanswered: () => WritebackError;
	/** A handle was handed out that is still open; what `open` rejects with. */
	readonly handleReused: () => WritebackError;
	/** Clears the server's words of secrets. */
	readonly redact?: Redact | undefined;
}

export function channelOf(
	sftp: SFTPWrapper,
	waiting: Waiting,
	{ unanswered, handleReused, redact }: ChannelEvents,
): Channel {
	// A list: docs/decisions/sftp-speed.md.
	const handles: string[] = [];
	const ask: Channel['ask'] = async (send) =>
		await new Promise((resolve, reject) => {
			const lost = waiting.lost();
			if (lost !== undefined) return reject(lost);
			waiting.add(reject);
			const settle = (fault: unknown) => {
				waiting.answered(reject);
				if (fault) reject(fault);
			};
			try {
				send(sftp, (fault, value) => {
					// What ssh2 says by itself, once no answer will come, has no status.
					settle(
						fault && statusOf(fault) === undefined && !(fault instanceof WritebackError)
							? unanswered()
							: redactFault(fault, redact),
					);
					resolve(value);
				});
			} catch (fault) {
				settle(fault);
			}
		});
	const tell: Channel['tell'] = async (send) =>
		await ask<void>((channel, answer) => send(channel, (fault) => answer(fault, undefined)));
	return {
		ask,
		tell,
		open: async (send) => {
			// A server that answers in order has not seen what is closed from now on.
			const before = [...handles];
			return await ask<Buffer>((channel, answer) =>
				send(channel, (fault, opened) => {
					const name = fault ? '' : nameOf(opened);
					const isReused = !fault && (before.includes(name) || handles.includes(name));
					if (!fault && !isReused) handles.push(name);
					// Checked before this turn ends: nothing more is written to either of the two files.
					answer(isReused ? handleReused() : fault, opened);
				}),
			);
		},
		close: async (handle) => {
			// From now on the server may hand it out again.
			takeOut(handles, nameOf(handle));
			await tell((channel, answer) => channel.close(handle, answer));
		},
		maxWriteBytes: maxWrite(sftp),
		endChannel: () => {
			// Its closing is no loss any more.
			sftp.removeAllListeners('close').end();
		},
	};
}

function nameOf(handle: Buffer): string {
	return handle.toString('latin1');
}

/** What SSH implementations have taken for ever (draft-ietf-secsh-filexfer-02, section 3), less the header. */
const SAFE_WRITE_BYTES = 31_952;

function maxWrite(sftp: SFTPWrapper): number {
	// ssh2 asks limits@openssh.com and keeps the answer to itself; without it every server but OpenSSH gets the safe size.
	const limit: unknown = Reflect.get(sftp, '_maxWriteLen');
	return typeof limit === 'number' && limit > 0 ? limit : SAFE_WRITE_BYTES;
}
