import { once } from 'node:events';
import { createServer } from 'node:http';

/** A blob service that knows no blob, takes every request, and never answers one that stores something. */
export interface SilentBlobs {
	readonly blobEndpoint: string;
	/** Requests that store something, and wait for their answer. */
	waiting(): number;
	/** Ends all connections, without an answer. */
	drop(): void;
	close(): Promise<void>;
}

export async function startSilentBlobs(): Promise<SilentBlobs> {
	let waiting = 0;
	const server = createServer((incoming, outgoing) => {
		if (incoming.method !== 'PUT') {
			incoming.resume();
			return void outgoing.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end();
		}
		// Nothing of the body is read either: it waits in the client.
		waiting += 1;
		outgoing.on('close', () => (waiting -= 1));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		blobEndpoint: `http://127.0.0.1:${address.port}/account`,
		waiting: () => waiting,
		drop: () => server.closeAllConnections(),
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
