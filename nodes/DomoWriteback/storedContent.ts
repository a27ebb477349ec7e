import { open } from 'node:fs/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import { freeBuffer } from '../../core/support/memory';

type Helpers = Pick<IExecuteFunctions['helpers'], 'getBinaryStream' | 'getBinaryPath'>;

/** Two of these stay in a processor's cache, and are few enough to ask for. */
const READ_BYTES = 512 * 1024;

/** The only mode in which a file lies on this machine. */
export const isOnDisk = (id: string): boolean => id.startsWith('filesystem');

/** What n8n holds under an ID; a chunk is valid until the next one is asked for. Rejects with n8n's own error. */
export async function* storedContent(helpers: Helpers, id: string): AsyncGenerator<Buffer> {
	// Where it can't be opened, n8n says why.
	const file = isOnDisk(id) ? await open(helpers.getBinaryPath(id)).catch(() => undefined) : undefined;
	if (file === undefined) {
		for await (const chunk of await helpers.getBinaryStream(id, READ_BYTES)) {
			yield chunk;
			freeBuffer(chunk);
		}
		return;
	}
	try {
		let [shown, free] = [Buffer.allocUnsafeSlow(READ_BYTES), Buffer.allocUnsafeSlow(READ_BYTES)];
		let reading = file.read(free);
		for (;;) {
			const { bytesRead } = await reading;
			if (bytesRead === 0) return;
			[shown, free] = [free, shown];
			reading = file.read(free);
			// A reader that stops here leaves this read unfinished; its error must not become an unhandled rejection.
			reading.catch(() => undefined);
			yield shown.subarray(0, bytesRead);
		}
	} finally {
		await file.close();
	}
}
