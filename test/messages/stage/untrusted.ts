import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { resolve } from 'node:path';
import { listening } from './listen';

/** A blob service with a certificate that nobody vouches for. */
export async function startUntrusted() {
	const [key, cert] = await Promise.all(
		['key.pem', 'certificate.pem'].map(async (file) => await readFile(resolve(__dirname, '../../faults/tls', file))),
	);
	const { port, close } = await listening(createServer({ key, cert }, (_, response) => response.end()));
	return { blobEndpoint: `https://127.0.0.1:${port}/account`, close };
}
