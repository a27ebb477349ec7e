import { once } from 'node:events';
import { createServer, get as httpGet, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer, get as httpsGet } from 'node:https';

/** Encrypted without certificates, by a key that both ends know (RFC 4279). */
const SHARED_KEY = {
	ciphers: 'PSK-AES128-GCM-SHA256',
	maxVersion: 'TLSv1.2',
	pskCallback: () => ({ psk: Buffer.alloc(32, 7), identity: 'test' }),
	checkServerIdentity: () => undefined,
} as const;

/** A web server that answers everything in one way; `get` asks it. */
export async function serve(kind: 'http' | 'https', answer: RequestListener) {
	const server =
		kind === 'http'
			? createServer(answer)
			: createTlsServer({ ...SHARED_KEY, pskCallback: () => Buffer.alloc(32, 7) }, answer);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	const url = `${kind}://127.0.0.1:${address.port}/`;
	return {
		url,
		get: async () =>
			await new Promise<IncomingMessage>((resolve, reject) => {
				const request = kind === 'http' ? httpGet(url, resolve) : httpsGet(url, SHARED_KEY, resolve);
				request.on('error', reject);
			}),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Sends it in pieces of these sizes, as fast as it is taken. */
export const inPieces =
	(content: Buffer, sizes: readonly number[]): RequestListener =>
	async (_, answer) => {
		let at = 0;
		for (let piece = 0; at < content.length; piece++) {
			const size = sizes[piece % sizes.length] ?? content.length;
			if (!answer.write(content.subarray(at, at + size))) await once(answer, 'drain');
			at += size;
		}
		answer.end();
	};
