import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type PooledBuffer, bufferPool } from '../../core/support/bufferPool';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';

const MIB = 1024 * 1024;

/** All of it, by executions that give nothing back. */
function hoard(): { giveBack(): void } {
	const loans: PooledBuffer[] = [];
	const shares = Array.from({ length: 12 }, () => bufferPool.openShare({}));
	for (const share of shares) {
		for (const bytes of [8 * MIB, MIB, MIB / 8, MIB / 32]) {
			for (let loan = share.tryLend(bytes); loan !== undefined; loan = share.tryLend(bytes)) loans.push(loan);
		}
	}
	return {
		giveBack: () => {
			for (const { release } of loans) release();
			for (const share of shares) share.end();
		},
	};
}

test.each([
	['a line that holds', 0],
	['a line that breaks while the next block waits for memory', 20],
])(
	'while all memory is taken, a file goes up over %s, and is whole',
	async (_, breaks) => {
		let writes = 0;
		const server = await startSsh2Server({
			posixRename: true,
			// The client waits for the answers to all that it may hold.
			refuse: ({ name }) => (name === 'WRITE' && ++writes === breaks ? 'disconnect' : undefined),
		});
		const data = Buffer.alloc(3 * MIB, 'some data, ');
		const hoarded = hoard();
		const destination = openSftp(passwordFieldsOf(server));
		try {
			const upload = await destination.openUpload(TARGET, AbortSignal.timeout(15_000));
			await upload.write(Readable.from([data]));
			await upload.commit(true);
			const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');
			expect(digest(await readFile(join(server.root, TARGET.fileName)))).toBe(digest(data));
		} finally {
			hoarded.giveBack();
			await destination.close();
			await server.close();
		}
	},
	30_000,
);
