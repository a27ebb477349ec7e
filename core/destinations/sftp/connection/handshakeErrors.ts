import { type Where, wordsOf } from './connectionErrors';
import type { Attempt } from './loginAttempt';
import { badSetting, shown, WritebackError } from '../../../support/errors';

/** What ends a connection before the login begins. */

const UNCHANGED = 'The target is unchanged; run it again.';

export const seconds = ({ timeoutMs }: Pick<Attempt, 'timeoutMs'>) => `${Math.round(timeoutMs / 1000)} s`;

/** The server sent too little in the time a login may take. */
export function tooSlow({ host, port }: Where, attempt: Attempt): WritebackError {
	const { greeting, isEncrypted } = attempt;
	const told = (what: string, hint: string) =>
		new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}, ${what}`, { hint });
	if (greeting.isEmpty()) {
		return told(
			`accepted the connection but sent nothing in ${seconds(attempt)}`,
			'Check Port in the SFTP credential: SFTP servers usually listen on 22, and servers for FTPS or HTTPS wait without a word. If it is right, the server is overloaded, or a firewall holds its answers back. The target is unchanged.',
		);
	}
	if (!greeting.isSsh()) return noGreeting({ host, port }, greeting);
	return isEncrypted
		? told(`did not finish the login within ${seconds(attempt)}`, UNCHANGED)
		: told(`did not finish the key exchange within ${seconds(attempt)}`, UNCHANGED);
}

/** Another service listens at this port. */
export function otherService({ host, port }: Where, greeting: Attempt['greeting']): WritebackError {
	const words = shown(greeting.text().split(/[\r\n]/u)[0] ?? '');
	// Bytes of TLS are no words.
	const said = /[\p{L}\d]{3}/u.test(words) ? ` (it says: ${words})` : '';
	return badSetting(
		'Port',
		`${host}, port ${port}, is ${greeting.otherService() ?? 'another service'} and not an SSH server${said}`,
		'Enter the port of the SFTP server in the SFTP credential, usually 22. FTP and FTPS are other protocols than SFTP.',
	);
}

/** Text came, and no `SSH-2.0-…`: an overloaded OpenSSH says why, and leaves. */
export function noGreeting(
	{ host, port }: Pick<Where, 'host' | 'port'>,
	greeting: Attempt['greeting'],
): WritebackError {
	return new WritebackError(
		'destinationInterrupted',
		`SFTP server ${host}, port ${port}, did not greet as an SSH server does (it says: ${shown(greeting.text())})`,
		{
			hint: 'A busy server turns connections away like this: run it again. Otherwise check Port in the SFTP credential. The target is unchanged.',
		},
	);
}

export function noAgreement({ host }: Where, fault: Error): WritebackError {
	return new WritebackError(
		'destinationLogin',
		`SFTP server ${host} and this node could not agree on an encrypted connection (${wordsOf(fault)})`,
		{
			hint: "The server may only have outdated algorithms, or not be an SSH server at all. Check Port, and ask the server's administrator to update it; until then, Legacy Algorithms in the SFTP credential agrees to SHA-1, too.",
		},
	);
}
