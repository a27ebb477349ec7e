import { shown, WritebackError } from '../../errors';
import type { LoginSteps } from './login';
import { statusOf } from './status';

interface Where {
	readonly host: string;
	readonly port: number;
	readonly username: string;
}

/** The connection was there and is gone. */
export function interrupted({ host, port }: Where, why: string, fault?: Error): WritebackError {
	const said = fault === undefined ? '' : ` (${shown(fault.message)})`;
	return new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}: ${why}${said}`, {
		hint: 'The target is unchanged; run it again.',
	});
}

/** An open handle was handed out for another file, as Erlang/OTP's ssh_sftpd does: what was written since may be in the wrong one. */
export function mixesFiles({ host, port }: Pick<Where, 'host' | 'port'>): WritebackError {
	return new WritebackError(
		'destinationInterrupted',
		`SFTP server ${host}, port ${port}, used one file handle for two open files, so their content may be mixed up`,
		{
			hint: 'The target is unchanged; run it again. Until n8n restarts, each file gets an SFTP channel of its own on this server. Its software needs an update.',
		},
	);
}

/** What a server has shown of a part file that several handles wrote. It is no verdict on the file: a new part file, written by a single handle, may still work. */
export function secondHandleFailed(what: string, fault?: unknown): WritebackError {
	const said = fault instanceof Error ? ` (the server says: ${shown(fault.message)})` : '';
	return new WritebackError('destinationInterrupted', `${what}${said}`, {
		hint: 'The target is unchanged; run it again, or raise Transfer → Max Tries. Until n8n restarts, each file is written through a single handle on this server, and from its beginning after a lost connection.',
	});
}

/** Whether a connection was lost, so that nothing is known of what was asked. */
export function isInterrupted(fault: unknown): boolean {
	return fault instanceof WritebackError && fault.reason === 'destinationInterrupted';
}

/** The connection was lost, and the server refuses the way back to the part file: only a new one can be written. Other faults pass unchanged. */
export function notReopened(fault: unknown): unknown {
	if (statusOf(fault) === undefined || !(fault instanceof Error)) return fault;
	return new WritebackError(
		'destinationInterrupted',
		`The connection was lost, and the SFTP server does not let an unfinished file be opened again (the server says: ${shown(fault.message)})`,
		{
			hint: 'The target is unchanged; run it again, or raise Transfer → Max Tries. A server that allows it (ProFTPD: AllowOverwrite on) goes on where it stopped.',
		},
	);
}

/** Key exchange or login did not come to an end; `steps` tell what the server would have taken. */
export function notConnected(fault: Error, where: Where, steps: Pick<LoginSteps, 'accepted' | 'rsa'>): WritebackError {
	const level: unknown = Reflect.get(fault, 'level');
	if (level === 'client-authentication') return refusedLogin(where, steps);
	if (level === 'handshake') {
		return new WritebackError(
			'destinationLogin',
			`SFTP server ${where.host} and this node could not agree on an encrypted connection (${shown(fault.message)})`,
			{
				hint: "The server may only have outdated algorithms, or not be an SSH server at all. Check Port, and ask the server's administrator to update it; until then, Legacy Algorithms in the SFTP credential agrees to SHA-1, too.",
			},
		);
	}
	const why = level === 'client-timeout' ? 'the login took too long' : 'the connection was lost during the login';
	return interrupted(where, why, fault.message === 'closed' ? undefined : fault);
}

const RSA_HINTS = {
	unused:
		'It takes RSA keys with SHA-1 signatures only, which can be forged with effort, so the Private Key was not used. Log in with an Ed25519 or ECDSA key, or turn on Legacy Algorithms in the SFTP credential.',
	sha2: 'An old server may take RSA keys with SHA-1 signatures only: log in with an Ed25519 or ECDSA key, or turn on Legacy Algorithms in the SFTP credential.',
} as const;

function refusedLogin({ host, username }: Where, steps: Pick<LoginSteps, 'accepted' | 'rsa'>): WritebackError {
	const accepted = steps.accepted();
	const rsa = steps.rsa();
	const asks = accepted.length === 0 ? '' : `; it accepts: ${shown(accepted.join(', '))}`;
	return new WritebackError('destinationLogin', `SFTP server ${host} refused user "${shown(username)}"${asks}`, {
		hint: `Check Username, Password, Private Key and Passphrase in the SFTP credential; some servers ask for a key and a password.${rsa === undefined ? '' : ` ${RSA_HINTS[rsa]}`}`,
	});
}
