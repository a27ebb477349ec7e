import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** A server that listens on a free port of the loopback address. */
export interface Listening {
	readonly port: number;
	/** Ends it and, where it is one of HTTP, its connections. */
	close(): Promise<void>;
}

export async function listening(server: Server & { closeAllConnections?: () => void }): Promise<Listening> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		port,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections?.();
			await closed;
		},
	};
}
