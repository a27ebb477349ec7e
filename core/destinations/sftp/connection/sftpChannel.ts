import type { FileEntry, SFTPWrapper, Stats } from 'ssh2';
import { copyUnsent, isUnsent, writeBlock } from '../ssh2Internals';
import { statusOf } from '../statusErrors';
import { limitOf } from './channelLimits';
import { redactFault } from './serverText';
import { ANSWER, answerType } from './sftpAnswers';
import { WritebackError } from '../../../support/errors';
import type { Block } from '../../../support/rechunk';
import type { Redact } from '../../../support/redact/redactor';
import { removeItem } from '../../../support/removeItem';

type Fault = Error | null | undefined;

/** What requests are answered with, other than whether they were done. */
interface Answers {
	readonly handle: Buffer;
	/** Bytes that were read. */
	readonly data: number;
	readonly names: FileEntry[];
	readonly attrs: Stats;
	/** Of an extension. */
	readonly extended: unknown;
}

/** One SFTP channel: requests on it are answered in order, and the server lets so many bytes wait in it. */
export interface SftpChannel {
	/** Sends one request; rejects with the server's status, or as soon as the connection is lost or silent. */
	call(send: (sftp: SFTPWrapper, answer: (fault?: Fault) => void) => void): Promise<void>;
	/** The same for a request that is answered with a value. When the answer is another one, the connection is ended. */
	request<K extends keyof Answers>(
		kind: K,
		send: (sftp: SFTPWrapper, answer: (fault: Fault, value: Answers[K]) => void) => void,
	): Promise<Answers[K]>;
	/** Opens a file or a folder. When the server hands out a handle that is still open on this channel, it mixes files up: rejects, and the connection is ended. */
	open(send: (sftp: SFTPWrapper, answer: (fault: Fault, handle: Buffer) => void) => void): Promise<Buffer>;
	/**
	 * Writes a block to an open file at an offset; rejects as `call` does. While `isLent`, its memory is the channel's until this settles. When
	 * the server answers before all of the block was sent, the connection is ended.
	 */
	write(handle: Buffer, block: Block, at: number, isLent: () => boolean): Promise<void>;
	/** Lets go of a block's memory before the server has answered. */
	takeBack(block: Block): void;
	/** Closes what `open` has opened. */
	close(handle: Buffer): Promise<void>;
	/** Largest write the server takes in one request, in bytes. */
	readonly maxWriteBytes: number;
	/** The same for a read. */
	readonly maxReadBytes: number;
	/** Closes the channel; the connection goes on. */
	endChannel(): void;
}

/** The requests of one connection that wait for an answer. */
export interface PendingRequests {
	readonly add: (reject: (fault: WritebackError) => void) => void;
	readonly answered: (reject: (fault: WritebackError) => void) => void;
	/** How many were answered so far. */
	readonly count: () => number;
	/** Why the connection is gone; undefined while it lives. */
	readonly lost: () => WritebackError | undefined;
}

/** What a channel tells its connection. */
export interface ChannelEvents {
	/** What a request rejects with that was under way when the channel closed. */
	readonly unanswered: () => WritebackError;
	/** A handle was handed out that is still open; what `open` rejects with. */
	readonly handleReused: () => WritebackError;
	/** A request was answered with `what`, which answers another one; what the request rejects with. */
	readonly misanswered: (what: string) => WritebackError;
	/** Clears the server's words of secrets. */
	readonly redact?: Redact | undefined;
}

/** Longest handle (draft-ietf-secsh-filexfer-02, section 6.3). */
const MOST_HANDLE_BYTES = 256;

export function createChannel(
	sftp: SFTPWrapper,
	waiting: PendingRequests,
	{ unanswered, handleReused, misanswered, redact }: ChannelEvents,
): SftpChannel {
	// A list: docs/decisions/sftp-speed.md.
	const handles: string[] = [];
	/** For each OPEN that waits for its answer: the handles that were open at some time since. */
	const sinceOpens: string[][] = [];
	const whyNot = (kind: keyof typeof ANSWER, fault: unknown): unknown => {
		const type = answerType(sftp);
		const isStatus = type === ANSWER.status;
		if (fault instanceof WritebackError || (isStatus && statusOf(fault) !== undefined)) return fault;
		// What ssh2 says by itself, once no answer will come.
		if (type === undefined) return unanswered();
		const isRight = !fault && type === ANSWER[kind];
		return isRight ? undefined : misanswered(isStatus ? 'a status that says nothing' : `packet type ${type}`);
	};
	const request = async <T>(
		kind: keyof typeof ANSWER,
		send: (channel: SFTPWrapper, answer: (fault: Fault, value: T) => void) => void,
	): Promise<T> =>
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
					settle(redactFault(whyNot(kind, fault), redact));
					resolve(value);
				});
			} catch (fault) {
				settle(fault);
			}
		});
	const sendRequest: SftpChannel['request'] = async (kind, send) => await request(kind, send);
	const sendCall: SftpChannel['call'] = async (send) =>
		await request<void>('status', (channel, answer) => send(channel, (fault) => answer(fault, undefined)));
	return {
		request: sendRequest,
		call: sendCall,
		open: async (send) => {
			// A server that answers in order has not seen what is closed from now on.
			const since = [...handles];
			sinceOpens.push(since);
			const opening = sendRequest('handle', (channel, answer) =>
				send(channel, (fault, opened) => {
					if (fault || answerType(sftp) !== ANSWER.handle) return answer(fault, opened);
					if (opened.length > MOST_HANDLE_BYTES)
						return answer(misanswered(`a file handle of ${opened.length} bytes`), opened);
					const name = nameOf(opened);
					const isReused = since.includes(name);
					if (!isReused) for (const open of [handles, ...sinceOpens]) open.push(name);
					// Checked before this turn ends: nothing more is written to either of the two files.
					answer(isReused ? handleReused() : undefined, opened);
				}),
			);
			return await opening.finally(() => removeItem(sinceOpens, since));
		},
		write: async (handle, block, at, isLent) =>
			await request<void>('status', (channel, answer) =>
				writeBlock(channel, handle, block, at, (fault) => {
					// Memory that is sent belongs to the next block once it is answered.
					const isEarly = answerType(channel) !== undefined && isUnsent(channel, block) && isLent();
					answer(isEarly ? misanswered('a status before all of the request was sent') : fault, undefined);
				}),
			),
		takeBack: (block) => copyUnsent(sftp, block),
		close: async (handle) => {
			// From now on the server may hand it out again.
			removeItem(handles, nameOf(handle));
			await sendCall((channel, answer) =>
				channel.close(handle, (fault) => {
					// Answered before an OPEN that was sent earlier, it may have been done before it, too.
					for (const since of sinceOpens) removeItem(since, nameOf(handle));
					answer(fault);
				}),
			);
		},
		maxWriteBytes: limitOf(sftp, '_maxWriteLen'),
		maxReadBytes: limitOf(sftp, '_maxReadLen'),
		endChannel: () => {
			// Its closing is no loss any more.
			sftp.removeAllListeners('close').end();
		},
	};
}

function nameOf(handle: Buffer): string {
	return handle.toString('latin1');
}
