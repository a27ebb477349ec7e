import { shown, WritebackError } from '../../errors';
import { statusOf } from './status';

/** A server, and who logs in there. */
export interface Where {
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
