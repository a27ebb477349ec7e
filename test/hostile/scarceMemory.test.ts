import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { getBinaryHelperFunctions } from 'n8n-core';
import { openBinary } from '../../core/destinations/binary/destination';
import { openBinaryStore } from '../../nodes/DomoWriteback/binaryStore';
import { additionalDataFor } from '../../sandbox/engine/additionalData';
import { keepBinaryData, readBinary } from '../../sandbox/engine/binaryData';
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

test('while all memory is taken, a file goes to the next node, and is whole', async () => {
	const data = randomBytes(5 * MIB);
	const hoarded = hoard();
	const kept = await keepBinaryData();
	try {
		const helpers = getBinaryHelperFunctions(additionalDataFor({ credentialsHelper: Object.create(null) }), 'workflow');
		const store = openBinaryStore(helpers);
		const upload = await openBinary({ place: 'item', store }).openUpload(TARGET, AbortSignal.timeout(15_000));
		await upload.write(Readable.from([data]));
		await upload.commit(true);
		const [file] = store.handedOn();
		expect(file && data.equals(await readBinary(file.binary, kept))).toBe(true);
	} finally {
		hoarded.giveBack();
		await kept.close();
	}
}, 30_000);

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
