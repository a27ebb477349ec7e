import type { SFTPWrapper } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import type { SftpChannel } from './sftpChannel';

/** Requests by path on a connection's first channel. Each rejects with the server's status, or as soon as the connection is lost. */
export interface FileRequests {
	/** Removes a file. */
	delete(path: string): Promise<void>;
	/** Rejects on most servers when `to` exists. Calls `onSent` once the request is sent. */
	rename(from: string, to: string, onSent?: () => void): Promise<void>;
	/** Replaces `to` in one step. Rejects with an error without a status when the server doesn't offer it; then `onSent` isn't called. */
	posixRename(from: string, to: string, onSent?: () => void): Promise<void>;
	/** Sets permission bits. */
	chmod(path: string, permissions: number): Promise<void>;
}

type Answer = (fault?: Error | null) => void;

/**
 * Sends requests by ssh2-sftp-client. Its promises wait for ever on a silent server, and its errors are reworded, so each answer is taken
 * from the handle below it, where `call` checks its type and ends the wait.
 */
export function fileRequests(sftpClient: SftpClient, { call }: Pick<SftpChannel, 'call'>): FileRequests {
	const run = async (start: () => Promise<string>, onSent?: () => void) =>
		await call((sftp, answer) => {
			const unsent: unknown[] = [];
			// Requests are sent before `start` returns, so calls at the same time don't get each other's answers.
			sftpClient.sftp = observe(sftp, answer, (fault) => unsent.push(fault));
			start().catch(() => undefined);
			if (unsent.length > 0) throw unsent[0];
			onSent?.();
		});
	return {
		delete: async (path) => await run(async () => await sftpClient.delete(path)),
		rename: async (from, to, onSent) => await run(async () => await sftpClient.rename(from, to), onSent),
		posixRename: async (from, to, onSent) => await run(async () => await sftpClient.posixRename(from, to), onSent),
		chmod: async (path, permissions) => await run(async () => await sftpClient.chmod(path, permissions)),
	};
}

/** A handle that passes on each answer first to `answer`, and to `unsent` what ssh2 throws instead of sending. */
function observe(sftp: SFTPWrapper, answer: Answer, unsent: (fault: unknown) => void): NonNullable<SftpClient['sftp']> {
	const send = (done: Answer, request: (answered: Answer) => void) => {
		try {
			request((fault) => {
				answer(fault);
				done(fault);
			});
		} catch (fault) {
			unsent(fault);
			throw fault;
		}
	};
	return {
		unlink: (path, done = () => undefined) => send(done, (answered) => sftp.unlink(path, answered)),
		rename: (from, to, done = () => undefined) => send(done, (answered) => sftp.rename(from, to, answered)),
		ext_openssh_rename: (from, to, done = () => undefined) =>
			send(done, (answered) => sftp.ext_openssh_rename(from, to, answered)),
		chmod: (path, mode, done = () => undefined) => send(done, (answered) => sftp.chmod(path, mode, answered)),
	};
}
