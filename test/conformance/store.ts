import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Destination, Target, Upload } from '../../core/destinations/destination';
import { WritebackError } from '../../core/support/errors';
import { macOf } from '../contentMac';

/** Stores a file as the transfer does, which begins again after a fault that may pass. */
export async function store(destination: Destination, target: Target, data: Buffer, tries: number): Promise<void> {
	let upload: Upload | undefined;
	try {
		upload = await destination.openUpload(target, new AbortController().signal);
		expect(await upload.write(Readable.from(ragged(data), { objectMode: false }))).toBe(data.length);
		if (upload.readsBack) await upload.verify(macOf(data));
		await upload.commit();
	} catch (fault) {
		await upload?.abort();
		if (tries === 1 || !(fault instanceof WritebackError) || !fault.retryable) throw fault;
		await store(destination, target, data, tries - 1);
	}
}

/** Cuts data where networks would not. */
export function* ragged(data: Buffer): Generator<Buffer> {
	for (let at = 0, size = 1; at < data.length; at += size, size = (size * 7 + 13) % 100_003) {
		yield data.subarray(at, at + size);
	}
}

export const sha256 = (data: Buffer | undefined): string =>
	createHash('sha256')
		.update(data ?? 'absent')
		.digest('hex');
