import type { Staging } from '../destinations/azureBlob/stage';
import type { Connections } from '../destinations/sftp/sftp';
import type { Options } from './options';

const MEBIBYTE = 1024 * 1024;

export function readStaging(transfer: Options): Staging {
	const blockSize = transfer.whole('blockSize', 'Block Size', 1, 64, 8);
	return {
		blockBytes: blockSize === undefined ? 'auto' : MEBIBYTE * blockSize,
		concurrency: transfer.whole('concurrency', 'Concurrency', 1, 32, 5) ?? 'auto',
	};
}

export function readConnections(transfer: Options): Connections {
	const isAutomatic = /^\s*auto(matic)?\s*$/i.test(String(transfer.value('connections') ?? ''));
	return isAutomatic ? 'auto' : (transfer.whole('connections', 'Connections', 1, 8, 2) ?? 'auto');
}
