import { connectionLost, ProtocolError, type ServerAddress } from './connectionErrors';
import { noAgreement, noGreeting, otherService, seconds, tooSlow } from './handshakeErrors';
import type { LoginAttempt } from './loginAttempt';
import type { Demand } from './prompts';
import { sanitize, WritebackError } from '../../../support/errors';

const CHECK_LOGIN =
	"Check 'Username', 'Password', 'Private Key' and 'Passphrase' in the SFTP credential; some servers require both a key and a password.";

/** SSH_MSG_DISCONNECT codes that say nothing about the login (RFC 4253 section 11.1): service not available, connection lost, too many connections. */
const PASSING_DISCONNECTS: ReadonlySet<unknown> = new Set([7, 10, 12]);

/** Why the key exchange or the login did not come to an end. */
export function notConnected(fault: Error, where: ServerAddress, attempt: LoginAttempt): WritebackError {
	const { progress, greeting } = attempt;
	const level: unknown = Reflect.get(fault, 'level');
	const code: unknown = Reflect.get(fault, 'code');
	const isDisconnect = typeof code === 'number';
	const isPassing = PASSING_DISCONNECTS.has(code);
	const isPending = progress.isPending();
	if (fault instanceof ProtocolError) return lost(where, fault, isPending);
	if (level === 'client-authentication') return refusedLogin(where, attempt, '');
	if (greeting.otherService() !== undefined) return otherService(where, greeting);
	if (level === 'handshake') return noAgreement(where, fault);
	// A server may refuse a method that it doesn't have, and the line be cut before it judges what comes by the next one.
	const isOpen = (!isDisconnect || isPassing) && isPending && !progress.isJudged();
	if (progress.refusals() > 0 && !isOpen) return refusedLogin(where, attempt, isDisconnect ? fault.message : '');
	if (isPending) {
		if (isDisconnect && !isPassing) return refusedLogin(where, attempt, fault.message);
		if (level === 'client-timeout') return unanswered(where, `did not answer the login within ${seconds(attempt)}`);
		if (isClosed(fault) || level === 'client-socket')
			return unanswered(where, 'closed the connection instead of answering the login');
	}
	if (level === 'client-timeout') return tooSlow(where, attempt);
	if (!greeting.isSsh() && !greeting.isEmpty()) return noGreeting(where, greeting);
	// Some servers leave a method out of their list once they have refused what came by it.
	return lost(where, isClosed(fault) ? undefined : fault, isPending && (!isPassing || progress.refusals() > 0));
}

function lost(where: ServerAddress, fault: Error | undefined, isUnanswered: boolean): WritebackError {
	const error = connectionLost(where, 'the connection was lost during the login', fault);
	if (isUnanswered) unansweredLogins.add(error);
	return error;
}

const isClosed = (fault: Error) => fault.message === CLOSED;

/** Message of the error that stands for a connection that the server closed without a word. */
export const CLOSED = 'closed';

/** Logins that the server left without an answer. Once, that may be the network. */
const unansweredLogins = new WeakSet<object>();

function unanswered({ host, port }: ServerAddress, what: string): WritebackError {
	const error = new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}, ${what}`, {
		hint: "The target is unchanged. Try again. Some servers do this when 'Username', 'Password' or 'Private Key' isn't correct.",
	});
	unansweredLogins.add(error);
	return error;
}

/** Whether the connection was lost, or the server fell silent, when it was to answer a key or a password. */
export function isUnanswered(fault: unknown): fault is WritebackError {
	return fault instanceof WritebackError && unansweredLogins.has(fault);
}

/** The same when it has happened before: then it is the server's answer. */
export function unansweredTwice({ message }: WritebackError): WritebackError {
	return new WritebackError('destinationLogin', `${message}, in 2 attempts`, { hint: CHECK_LOGIN });
}

const RSA_HINTS = {
	unused:
		"It accepts RSA keys only with SHA-1 signatures, which can be forged with effort, so 'Private Key' wasn't used. Log in with an Ed25519 or ECDSA key, or turn on 'Legacy Algorithms' in the SFTP credential.",
	sha2: "An old server may accept RSA keys only with SHA-1 signatures: log in with an Ed25519 or ECDSA key, or turn on 'Legacy Algorithms' in the SFTP credential.",
} as const;

const UNTRIED_HINT =
	"The server ended the login before the node had tried every method: remove the 'Private Key' or the 'Password' that it doesn't ask for.";

function refusedLogin(
	{ host, username }: ServerAddress,
	{ progress, banner }: LoginAttempt,
	disconnect: string,
): WritebackError {
	const accepted = progress.accepted();
	const rsa = progress.rsa();
	const asks = accepted.length === 0 ? '' : `; it accepts: ${sanitize(accepted.join(', '))}`;
	const words = [disconnect, banner].filter((text) => text.trim() !== '').join(' ');
	const detail = words === '' ? '' : ` (the server says: ${sanitize(words)})`;
	const prompted = progress.prompt() === '' ? '' : ` after it asked: ${sanitize(progress.prompt())}`;
	const happened = progress.isPartial() ? 'accepted part of the login and then refused' : 'refused';
	const isCutShort = disconnect !== '' && progress.untried() > 0;
	return new WritebackError(
		'destinationLogin',
		`SFTP server ${host} ${happened} user "${sanitize(username)}"${prompted}${asks}${detail}`,
		{
			hint: `${CHECK_LOGIN}${rsa === undefined ? '' : ` ${RSA_HINTS[rsa]}`}${isCutShort ? ` ${UNTRIED_HINT}` : ''}`,
		},
	);
}

/** The server asks for what this node cannot give. Reason 'destinationLogin'. */
export function unanswerable(where: ServerAddress, { kind, text }: Demand, attempt: LoginAttempt): WritebackError {
	const { host, username } = where;
	if (kind === 'again') return refusedLogin(where, attempt, '');
	if (kind === 'newPassword') {
		return new WritebackError(
			'destinationLogin',
			`SFTP server ${host} requires a new password for user "${sanitize(username)}" (the server says: ${sanitize(text)})`,
			{
				hint: "The password has expired, or was set by an administrator. Change it on the server, e.g. with ssh, or ask its administrator; then enter the new one as 'Password' in the SFTP credential.",
			},
		);
	}
	return new WritebackError(
		'destinationLogin',
		`SFTP server ${host} asks user "${sanitize(username)}" for more than a password or a key, and this node cannot answer: ${sanitize(text)}`,
		{
			hint: "A workflow can't enter a one-time code or confirm a login on a phone. Ask the server's administrator for a user who logs in with a key or a password alone.",
		},
	);
}
