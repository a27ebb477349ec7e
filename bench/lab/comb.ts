import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const PAGE = 4096;
const MEBIBYTE = 1024 * 1024;

/**
 * Makes the host of a virtual machine hand over the memory that files in `folder` will take, and keeps it here. Such a host takes free
 * memory back within seconds, in blocks of 2 MiB (virtio's free page reporting), and handing it over anew takes longer than
 * writing it: whoever writes first after a pause would pay for it. So a file is left with one page of each MiB that was written, and no block of 2 MiB
 * is ever free. Rejects when `signal` fires.
 */
export async function comb(folder: string, mebibytes: number, signal: AbortSignal): Promise<void> {
	const gapsAt = join(folder, 'gaps');
	const teeth = await open(join(folder, 'teeth'), 'w');
	const gaps = await open(gapsAt, 'w');
	try {
		const [tooth, gap] = [Buffer.alloc(PAGE, 1), Buffer.alloc(MEBIBYTE - PAGE, 1)];
		for (let written = 0; written < mebibytes; written++) {
			signal.throwIfAborted();
			await teeth.write(tooth);
			await gaps.write(gap);
		}
	} finally {
		await Promise.all([teeth.close(), gaps.close()]);
		await rm(gapsAt);
	}
}
