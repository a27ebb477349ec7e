import { type ServerAddress, wordsOf } from './connectionErrors';
import type { LoginAttempt } from './loginAttempt';
import { invalidParameter, sanitize, WritebackError } from '../../../support/errors';

/** What ends a connection before the login begins. */

const UNCHANGED = 'The target is unchanged. Try again.';

export const seconds = ({ timeoutMs }: Pick<LoginAttempt, 'timeoutMs'>) => `${Math.round(timeoutMs / 1000)} s`;

/** The server sent too little in the time a login may take. */
export function tooSlow({ host, port }: ServerAddress, attempt: LoginAttempt): WritebackError {
	const { greeting, isEncrypted } = attempt;
	const error = (what: string, hint: string) =>
		new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}, ${what}`, { hint });
	if (greeting.isEmpty()) {
		return error(
			`accepted the connection but sent nothing in ${seconds(attempt)}`,
			"Check 'Port' in the SFTP credential: SFTP servers usually listen on 22, and servers for FTPS or HTTPS wait for the client to speak first. If the port is correct, the server is overloaded, or a firewall blocks its responses. The target is unchanged.",
		);
	}
	if (!greeting.isSsh()) return noGreeting({ host, port }, greeting);
	return isEncrypted
		? error(`did not finish the login within ${seconds(attempt)}`, UNCHANGED)
		: error(`did not finish the key exchange within ${seconds(attempt)}`, UNCHANGED);
}

/** Another service listens at this port. */
export function otherService({ host, port }: ServerAddress, greeting: LoginAttempt['greeting']): WritebackError {
	const words = sanitize(greeting.text().split(/[\r\n]/u)[0] ?? '');
	// Bytes of TLS are no words.
	const detail = /[\p{L}\d]{3}/u.test(words) ? ` (it says: ${words})` : '';
	return invalidParameter(
		'Port',
		`${host}, port ${port}, is ${greeting.otherService() ?? 'another service'} and not an SSH server${detail}`,
		'Enter the port of the SFTP server in the SFTP credential, usually 22. FTP and FTPS are different protocols from SFTP.',
	);
}

/** Text came, and no `SSH-2.0-…`: an overloaded OpenSSH says why, and leaves. */
export function noGreeting(
	{ host, port }: Pick<ServerAddress, 'host' | 'port'>,
	greeting: LoginAttempt['greeting'],
): WritebackError {
	return new WritebackError(
		'destinationInterrupted',
		`SFTP server ${host}, port ${port}, didn't identify itself as an SSH server (it says: ${sanitize(greeting.text())})`,
		{
			hint: "A busy server may refuse connections like this: try again. Otherwise, check 'Port' in the SFTP credential. The target is unchanged.",
		},
	);
}

export function noAgreement({ host }: ServerAddress, fault: Error): WritebackError {
	return new WritebackError(
		'destinationLogin',
		`SFTP server ${host} and this node could not agree on an encrypted connection (${wordsOf(fault)})`,
		{
			hint: "The server may support only outdated algorithms, or may not be an SSH server at all. Check 'Port', and ask the server's administrator to update it; until then, 'Legacy Algorithms' in the SFTP credential also accepts SHA-1.",
		},
	);
}
