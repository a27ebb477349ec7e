import { statusOf } from '../statusErrors';
import { sanitize, WritebackError } from '../../../support/errors';

/** A server, and who logs in there. */
export interface ServerAddress {
	readonly host: string;
	readonly port: number;
	readonly username: string;
}

/** The connection was there and is gone. */
export function connectionLost({ host, port }: ServerAddress, why: string, fault?: Error): WritebackError {
	const detail = fault === undefined ? '' : ` (${wordsOf(fault)})`;
	return new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}: ${why}${detail}`, {
		hint: 'The target is unchanged. Try again.',
	});
}

/** What ssh2 stumbles with over packets that it does not check. */
const STUMBLES: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'AssertionError', 'InvalidAsn1Error']);

/** How ssh2 begins what OpenSSL says of a value of the key exchange that is none. */
const NO_SECRET = 'Error while computing DH secret';

const UNREADABLE = 'what it sent cannot be read';

/** What an error of ssh2 says, fit to be shown. */
export function wordsOf({ name, message }: Error): string {
	const words = STUMBLES.has(name) || message.startsWith(NO_SECRET) ? UNREADABLE : message;
	return sanitize(words);
}

/** A server does what no transfer needs, or breaks SSH's rules; the message says what. */
export class ProtocolError extends Error {
	override readonly name = 'ProtocolError';
}

/** A request was answered with something that does not answer it. */
export function misanswered(where: ServerAddress, got: string): WritebackError {
	return connectionLost(where, `it answered an SFTP request with ${got}`);
}

/** An open handle was handed out for another file, as Erlang/OTP's ssh_sftpd does: what was written since may be in the wrong one. */
export function handleReusedError({ host, port }: Pick<ServerAddress, 'host' | 'port'>): WritebackError {
	return new WritebackError(
		'destinationInterrupted',
		`SFTP server ${host}, port ${port}, used one file handle for two open files, so their content may be mixed up`,
		{
			hint: "The target is unchanged. Try again. Until n8n restarts, each file gets an SFTP channel of its own on this server. The server's software needs an update.",
		},
	);
}

/** What a server has shown of a part file that several handles wrote. It is no verdict on the file: a new part file, written by a single handle, may still work. */
export function secondHandleError(what: string, fault?: unknown): WritebackError {
	const detail = fault instanceof Error ? ` (the server says: ${sanitize(fault.message)})` : '';
	return new WritebackError('destinationInterrupted', `${what}${detail}`, {
		hint: "The target is unchanged. Try again, or raise Transfer → 'Max Tries'. Until n8n restarts, each file is written through a single handle on this server, and from its beginning after a lost connection.",
	});
}

/** Whether a connection was lost, so that nothing is known of what was asked. */
export function isConnectionLost(fault: unknown): boolean {
	return fault instanceof WritebackError && fault.reason === 'destinationInterrupted';
}

/** A lost connection is no answer, and undefined; any other fault is one. */
export async function unlessLost<T>(work: Promise<T>): Promise<T | undefined> {
	return await work.catch((fault: unknown) => {
		if (isConnectionLost(fault)) return undefined;
		throw fault;
	});
}

/** The connection was lost, and the server refuses the way back to the part file: only a new one can be written. Other faults pass unchanged. */
export function reopenRefused(fault: unknown): unknown {
	if (statusOf(fault) === undefined || !(fault instanceof Error)) return fault;
	return new WritebackError(
		'destinationInterrupted',
		`The connection was lost, and the SFTP server doesn't allow reopening an unfinished file (the server says: ${sanitize(fault.message)})`,
		{
			hint: "The target is unchanged. Try again, or raise Transfer → 'Max Tries'. On a server that allows it (ProFTPD: AllowOverwrite on), the upload resumes where it stopped.",
		},
	);
}
