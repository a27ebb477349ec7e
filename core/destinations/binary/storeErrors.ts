import { codeOf, describeNetworkError, sanitize, WritebackError } from '../../support/errors';
import type { Name } from '../destination';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const CLOSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'ENAMETOOLONG']);

/** More than one buffer, or one string, of Node.js can hold. */
const TOO_LARGE = new Set(['ERR_STRING_TOO_LONG', 'ERR_BUFFER_TOO_LARGE', 'ERR_OUT_OF_RANGE', 'ERR_INVALID_ARG_VALUE']);

/** n8n's error for a file above the limit of its database mode has no code (packages/core, binary-data errors). */
const ABOVE_LIMIT = 'FileTooLargeError';

const LARGE_HINT =
	"Set N8N_DEFAULT_BINARY_DATA_MODE=filesystem on the n8n instance, which has no such limit, or make the file smaller with 'Compression' or 'Split Megabytes' under File Format.";

/** Why n8n's store did not keep a file. */
export function toStoreError(fault: unknown): WritebackError {
	const code = codeOf(fault);
	if (FULL.has(code)) return storeFull();
	if (CLOSED.has(code)) return storeClosed();
	if (TOO_LARGE.has(code)) return tooLarge("The file is larger than n8n's memory mode can hold");
	if (fault instanceof Error && fault.constructor.name === ABOVE_LIMIT) {
		return tooLarge("The file is larger than n8n's database mode accepts (N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE)");
	}
	const why = code === '' && fault instanceof Error ? sanitize(fault.message) : describeNetworkError(fault);
	return new WritebackError('destinationInterrupted', `n8n did not store the file: ${why}`, {
		hint: "Nothing was handed on. Try again. If it happens again, check n8n's log and N8N_DEFAULT_BINARY_DATA_MODE.",
	});
}

function storeFull(): WritebackError {
	return new WritebackError('destinationFull', "n8n's store for binary data has no room left", {
		hint: "Nothing was handed on. Free space where n8n keeps its files (N8N_BINARY_DATA_STORAGE_PATH, else n8n's user folder), or let n8n prune more executions.",
	});
}

function storeClosed(): WritebackError {
	return new WritebackError('targetRefused', "n8n can't write to its store for binary data", {
		hint: "Nothing was handed on. Give n8n's user the right to write where it keeps its files: N8N_BINARY_DATA_STORAGE_PATH, else n8n's user folder.",
	});
}

function tooLarge(what: string): WritebackError {
	return new WritebackError('targetRefused', what, { hint: `Nothing was handed on. ${LARGE_HINT}` });
}

/** What the store holds is not what it was given. */
export function otherContent({ fileName }: Name): WritebackError {
	return new WritebackError(
		'incomplete',
		`n8n's store for binary data holds a different ${sanitize(fileName)} than was sent`,
		{
			hint: 'Nothing was handed on. Try again. If it happens again, check the disk or the service where n8n keeps its files.',
		},
	);
}

/** The name is taken, and what has it may not be replaced. */
export function handedOnBefore({ fileName }: Name): WritebackError {
	return new WritebackError('targetExists', `${sanitize(fileName)} already exists among the files of this item`, {
		hint: "The file that was handed on is unchanged. Choose Replace in Publishing → 'If Exists', or another 'Filename'.",
	});
}
