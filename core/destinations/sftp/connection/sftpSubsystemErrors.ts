import type { StartNotes } from './sftpSubsystem';
import { sanitize, WritebackError } from '../../../support/errors';
import { field } from '../../../support/field';

/** SSH_OPEN_RESOURCE_SHORTAGE (RFC 4254 section 5.1): the one refusal of a channel that passes. */
const RESOURCE_SHORTAGE = 4;

/** Why a user who is logged in gets no SFTP channel. Reason 'destinationLogin'. */
export function subsystemError(fault: unknown, { text, errors, exit, isClosed }: StartNotes): WritebackError {
	const words = sanitize([text, errors].filter((part) => part.trim() !== '').join(' '));
	if (exit !== undefined) return endedAtOnce(typeof exit === 'number' ? `exit code ${exit}` : exit, words);
	if (text !== '') return textInPlace(sanitize(text));
	const reason = field(fault, 'reason');
	if (typeof reason === 'number') return noChannel(fault, reason);
	const detail = words === '' ? '' : ` (the server says: ${words})`;
	if (isClosed) {
		return refused(
			`The server lets this user in, but closes the SFTP channel at once${detail}`,
			"Ask the server's administrator what its log says about this login.",
		);
	}
	return refused(
		`The server lets this user in, but does not offer SFTP${detail}`,
		"Ask the server's administrator to enable the SFTP subsystem for this user.",
	);
}

function refused(message: string, hint: string, retryable = false): WritebackError {
	return new WritebackError('destinationLogin', message, { hint, retryable });
}

function textInPlace(text: string): WritebackError {
	return refused(
		`The server lets this user in, but a script there prints text where SFTP should begin: ${text}`,
		"Ask the server's administrator to let login scripts (.bashrc, .profile, /etc/profile) print text only in a terminal, or to set Subsystem sftp internal-sftp, which runs none of them.",
	);
}

function endedAtOnce(how: string, words: string): WritebackError {
	const detail = words === '' ? '' : `; the server says: ${words}`;
	return refused(
		`The server lets this user in, but its SFTP program ends at once (${how}${detail})`,
		"The account may have no shell, a forced command or an expired password, or the server's SFTP program is missing. Ask the server's administrator to let this user run SFTP.",
	);
}

function noChannel(fault: unknown, reason: number): WritebackError {
	const detail = String(field(fault, 'message')).replace(/^\(SSH\) Channel open failure: /u, '');
	return refused(
		`The server lets this user in, but doesn't open a channel for SFTP (the server says: ${sanitize(detail)})`,
		"The user may have too many sessions open, or may not open any (OpenSSH: MaxSessions). Ask the server's administrator.",
		reason === RESOURCE_SHORTAGE,
	);
}
