import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSftp } from '../../core/destinations/sftp/destination';
import { WritebackError } from '../../core/support/errors';
import type { SftpServer } from '../../sandbox/sftpServer';
import { sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

/** More than one handle may have under way, and then time for others to be opened. */
async function* inBursts(): AsyncGenerator<Buffer> {
	for (let burst = 0; burst < 3; burst++) {
		yield Buffer.alloc(8_000_000, 'row\n');
		await sleep(500);
	}
}

/**
 * Has this process meet a server by files that several handles write, as often as it takes until one is whole: what later files are spared is
 * known then, so each test begins its files once.
 */
export async function introduce(server: SftpServer): Promise<SftpServer> {
	const destination = openSftp({ ...sftpFieldsOf(server), connections: 4 });
	const target = targetOf({ fileName: 'introduction.csv' });
	for (let tries = 3, isWhole = false; !isWhole; tries--) {
		const upload = await destination.openUpload(target, new AbortController().signal);
		isWhole = await upload.write(Readable.from(inBursts(), { objectMode: false })).then(
			() => true,
			(fault: unknown) => {
				if (tries > 1 && fault instanceof WritebackError && fault.retryable) return false;
				throw fault;
			},
		);
		await upload.abort();
	}
	await destination.close();
	return server;
}
