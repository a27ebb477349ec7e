import { sanitize, WritebackError, type Reason } from '../../support/errors';

/** Status codes of SFTP answers (draft-ietf-secsh-filexfer-02 and -13, "Status codes"). */
export const STATUS = {
	endOfFile: 1,
	noSuchFile: 2,
	permissionDenied: 3,
	failure: 4,
	unsupported: 8,
	noSuchPath: 10,
	fileExists: 11,
	writeProtected: 12,
	noSpace: 14,
	quotaExceeded: 15,
	notADirectory: 19,
} as const;

/** The SFTP status an error stands for; undefined for any other kind of error. */
export function statusOf(fault: unknown): number | undefined {
	const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : undefined;
	return typeof code === 'number' ? code : undefined;
}

/** Whether a server says by this, and nothing else, that a path is not there. */
export function saysMissing(fault: unknown): boolean {
	const status = statusOf(fault);
	return status === STATUS.noSuchFile || status === STATUS.noSuchPath || status === STATUS.notADirectory;
}

/** Whether a server says by this that there is no room for a file. */
export function saysFull(fault: unknown): boolean {
	const status = statusOf(fault);
	return status === STATUS.noSpace || status === STATUS.quotaExceeded;
}

/** Whether the server has answered, however unkindly; a lost connection is no answer. */
export function isStatus(session: { isLost(): boolean }, fault: unknown): boolean {
	return !session.isLost() && statusOf(fault) !== undefined;
}

/** Whether a server says by this that it does no such thing for this user. */
export function isRefusal(fault: unknown): boolean {
	const status = statusOf(fault);
	return status === STATUS.permissionDenied || status === STATUS.unsupported || status === STATUS.writeProtected;
}

const SPACE =
	'The server has no space left for this file, or the user reached a quota. Free some space, or ask its administrator.';

/**
 * What a server's refusal means for the user; `doing` reads like "open /in/.sales.csv", `request` is what an administrator has to allow.
 * Faults that are no SFTP status pass unchanged.
 */
export function refused(fault: unknown, doing: string, request?: string): unknown {
	const status = statusOf(fault);
	if (status === undefined || fault instanceof WritebackError || !(fault instanceof Error)) return fault;
	const detail = ` (the server says: ${sanitize(fault.message)})`;
	const targetError = (reason: Reason, what: string, hint: string) =>
		new WritebackError(reason, what + detail, { hint });
	switch (status) {
		case STATUS.noSuchFile:
		case STATUS.noSuchPath:
		case STATUS.notADirectory:
			return targetError(
				'targetRefused',
				`The SFTP server could not ${doing}: no such folder`,
				"Check 'Path', or turn on Publishing → 'Create Folders'.",
			);
		case STATUS.permissionDenied:
		case STATUS.writeProtected:
			return targetError(
				'targetRefused',
				`The SFTP server does not let this user ${doing}`,
				request === undefined
					? "Ask its administrator for permission to create, rename and delete files in this folder, or change 'Path'."
					: `Ask its administrator to allow the SFTP request ${request} for this user in this folder, or change 'Path'.`,
			);
		case STATUS.noSpace:
		case STATUS.quotaExceeded:
			return targetError('destinationFull', `The SFTP server could not ${doing}`, SPACE);
		default:
			return targetError(
				'targetRefused',
				`The SFTP server could not ${doing}`,
				"Check 'Path' and this user's permissions on the server.",
			);
	}
}

/** The disk is full although the server only said "Failure", as OpenSSH does. */
export function diskFullError(doing: string): WritebackError {
	return new WritebackError('destinationFull', `The SFTP server could not ${doing}: no space left`, { hint: SPACE });
}
