import type { StagingOptions } from '../../../core/destinations/azureBlob/account';
import type { Connections } from '../../../core/destinations/sftp/upload/openUpload';
import { invalidParameter, type WritebackError } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

const MEBIBYTE = 1024 * 1024;

/** What the blocks of one execution that are on their way may hold, in MiB (support/bufferPool.ts): more would be asked for in vain. */
const MOST_MEBIBYTES = 96;

const MOST_BLOCK_MEBIBYTES = 64;
const MOST_CONCURRENCY = 32;
const BLOCK_MEBIBYTES = 8;

export function readStaging(transfer: Options): StagingOptions {
	const blockSize = transfer.whole('blockSize', 'Block Size', 1, MOST_BLOCK_MEBIBYTES, BLOCK_MEBIBYTES);
	const concurrency = transfer.whole('concurrency', 'Concurrency', 1, MOST_CONCURRENCY, 5);
	const most = Math.floor(MOST_MEBIBYTES / (blockSize ?? 1));
	if (concurrency !== undefined && concurrency > most) throw tooMuch(blockSize, most);
	return { blockBytes: blockBytesFor(blockSize, concurrency), concurrency: concurrency ?? 'auto' };
}

/** Many blocks at once are smaller ones, unless their size is set, too. */
function blockBytesFor(blockSize: number | undefined, concurrency = 1): number | 'auto' {
	if (blockSize !== undefined) return MEBIBYTE * blockSize;
	const mebibytes = Math.floor(MOST_MEBIBYTES / concurrency);
	return mebibytes < BLOCK_MEBIBYTES ? MEBIBYTE * mebibytes : 'auto';
}

function tooMuch(blockSize: number | undefined, most: number): WritebackError {
	return invalidParameter(
		'Concurrency',
		`with a 'Block Size' of ${blockSize} MiB it must be a whole number from 1 to ${most}`,
		`Lower 'Concurrency' or 'Block Size' under Transfer. The blocks that one execution has in transit can take up to ${MOST_MEBIBYTES} MiB.`,
	);
}

export function readConnections(transfer: Options): Connections {
	const isAutomatic = /^\s*auto(matic)?\s*$/i.test(String(transfer.value('connections') ?? ''));
	return isAutomatic ? 'auto' : (transfer.whole('connections', 'Connections', 1, 8, 2) ?? 'auto');
}
