import { sanitize, WritebackError } from '../../../support/errors';
import { CommitOutcomeUnknown } from '../../destination';

/** Of a file on a server that does not let it be read. */
export const SIZE_ONLY =
	"The server doesn't let this user read files, so only the size of the file was checked, and it was written through a single handle.";

/** Of a file that was written in place and is gone as soon as it is closed. */
export const TAKEN =
	'The server no longer showed the file once it was closed: another program has probably taken it. Only the size that the server reported before was checked.';

/** Of a file that several handles wrote. */
export const MUST_READ =
	"Data that was written through several handles must be read back, which the SFTP server doesn't let this user do";

/** What was read back is not what was sent. */
export function contentDiffers(part: string, how: string): WritebackError {
	return new WritebackError(
		'incomplete',
		`The SFTP server holds different content than was sent: ${sanitize(part)}: ${how}`,
		{
			hint: "The target is unchanged. Try again. If it happens again, this server can't be trusted with files: report it to its administrator.",
		},
	);
}

/** The server failed to read what it had stored. */
export function readFailed(part: string, fault: Error): WritebackError {
	return new WritebackError(
		'incomplete',
		`The SFTP server could not read back what was written to ${sanitize(part)} (the server says: ${sanitize(fault.message)})`,
		{
			hint: "The target is unchanged. Try again. If it happens again, ask the server's administrator to check its disk.",
		},
	);
}

/** Verify Content is on, and the server does not let the file be read. */
export function notReadable(refusal: Error): WritebackError {
	return new WritebackError(
		'targetRefused',
		`Verify Content: the SFTP server does not let this user read what was written (the server says: ${sanitize(refusal.message)})`,
		{
			hint: "The target is unchanged. Ask its administrator for permission to read files in this folder, or remove Publishing → 'Verify Content': then only the size is checked.",
		},
	);
}

/** What was written in place is gone, and the server had not shown all of it: another try would deliver it again. */
export function takenUnmeasured(path: string): CommitOutcomeUnknown {
	return new CommitOutcomeUnknown(
		'targetRefused',
		`The SFTP server no longer showed ${sanitize(path)} once it was closed, and had not shown its full size before`,
		{
			hint: "The server confirmed all of the file, and another program has probably taken it. To measure files before they get their name, choose another Publishing → 'Temporary Name' than None.",
		},
	);
}

/** Whether the server had closed what was written in place is not known, and it is gone. */
export function goneUnclosed(path: string): CommitOutcomeUnknown {
	return new CommitOutcomeUnknown(
		'destinationInterrupted',
		`The connection was lost while the SFTP server closed ${sanitize(path)}, which it no longer shows`,
		{
			hint: "Another program may have taken the file, or the server may have dropped it. See whether it arrived before you run the workflow again. To be certain the next time, choose another Publishing → 'Temporary Name' than None.",
			retryable: false,
		},
	);
}

/** Verify Content is on, and what was written in place is gone: another try would deliver it again. */
export function takenUncompared(path: string): CommitOutcomeUnknown {
	return new CommitOutcomeUnknown(
		'targetRefused',
		`Verify Content: the SFTP server no longer showed ${sanitize(path)} once it was closed, so its content couldn't be compared`,
		{
			hint: "The file was delivered, with the size that was sent: another program has probably taken it. To compare files before they get their name, choose another Publishing → 'Temporary Name' than None; otherwise, remove 'Verify Content'.",
		},
	);
}
