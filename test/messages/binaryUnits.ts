import { handedOnBefore, otherContent, toStoreError } from '../../core/destinations/binary/storeErrors';
import { withStoredLeftover } from '../../core/support/errors';
import { optionsOf } from '../../nodes/shared/optionsReader';
import { rejectOptionsOfServers } from '../../nodes/DomoWriteback/parameters/rejectUnsupportedOptions';
import { targetOf } from '../target';

/** As n8n's own, which has no code. */
class FileTooLargeError extends Error {}

/** What n8n's store for binary data says only on a bad day, and what n8n's editor keeps from the node. */
export const BINARY_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a store that is full', () => thrown(toStoreError(coded('ENOSPC')))],
	['a store that nothing can be written to', () => thrown(toStoreError(coded('EACCES')))],
	['a file beyond a string of Node.js', () => thrown(toStoreError(coded('ERR_STRING_TOO_LONG')))],
	[
		"a file beyond n8n's database mode",
		() => thrown(toStoreError(new FileTooLargeError('Binary data file is too large'))),
	],
	['a store that breaks off', () => thrown(toStoreError(coded('ECONNRESET')))],
	['a store that holds something else', () => thrown(otherContent(targetOf()))],
	['a name that was handed on before', () => thrown(handedOnBefore(targetOf()))],
	['a stored file that stays', () => thrown(withStoredLeftover(otherContent(targetOf()), 'database:1'))],
	['an option that only servers have', () => rejectOptionsOfServers(publishing({ ifExists: 'skip' }))],
	['an option that is always on', () => rejectOptionsOfServers(publishing({ verifyContent: false }))],
];

const publishing = (options: object) => optionsOf(options, 'Publishing');

function coded(code: string): Error {
	return Object.assign(new Error(code), { code });
}

function thrown(fault: unknown): never {
	throw fault;
}
