import { shown, WritebackError } from '../../errors';

interface Where {
	readonly host: string;
	readonly port: number;
	readonly username: string;
}

/** The connection was there and is gone. */
export function interrupted({ host, port }: Where, why: string, fault?: Error): WritebackError {
	const said = fault === undefined ? '' : ` (${shown(fault.message)})`;
	return new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}: ${why}${said}`, {
		hint: 'Nothing was published; the target is as it was. Run it again.',
	});
}

/** Key exchange or login did not come to an end; `accepted` are the login methods the server would have taken. */
export function notConnected(fault: Error, where: Where, accepted: readonly string[]): WritebackError {
	const level: unknown = Reflect.get(fault, 'level');
	if (level === 'client-authentication') return refusedLogin(where, accepted);
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

function refusedLogin({ host, username }: Where, accepted: readonly string[]): WritebackError {
	const asks = accepted.length === 0 ? '' : ` It accepts: ${shown(accepted.join(', '))}.`;
	return new WritebackError('destinationLogin', `SFTP server ${host} refused user "${shown(username)}".${asks}`, {
		hint: 'Check Username, Password, Private Key and Passphrase in the SFTP credential; some servers ask for a key and a password.',
	});
}
