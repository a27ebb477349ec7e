import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { Line } from './delayLine';

export interface ProxyOptions {
	/** What it stands in front of, on this machine. */
	readonly targetPort: number;
	/** Half of it goes into each direction. */
	readonly roundTripMs: number;
}

/** A TCP proxy on the loopback address that makes its target look far away. */
export interface Proxy {
	readonly port: number;
	/** Cuts every connection; resolves when nothing is left. */
	close(): Promise<void>;
}

/** Of a socket's buffers here: a system call then carries many pieces at once. */
const BUFFER_BYTES = 1024 * 1024;

const SOCKETS = { allowHalfOpen: true, highWaterMark: BUFFER_BYTES };

/** In round trips: SYN, its answer, and the first byte behind them; the handshake with this proxy itself takes no time. */
const TO_FIRST_BYTE = 1.5;

export async function startProxy({ targetPort, roundTripMs }: ProxyOptions): Promise<Proxy> {
	const sockets = new Set<Socket>();
	const keep = (socket: Socket): Socket => {
		sockets.add(socket.setNoDelay(true).on('error', () => socket.destroy()));
		return socket.once('close', () => sockets.delete(socket));
	};
	const server = createServer(SOCKETS, (socket) => {
		const near = keep(socket);
		const far = keep(new Socket(SOCKETS));
		const line = { oneWayMs: roundTripMs / 2, opensAt: performance.now() + roundTripMs * TO_FIRST_BYTE };
		new Line(near, far, line);
		new Line(far, near, line);
		const opening = setTimeout(() => far.connect(targetPort, '127.0.0.1'), roundTripMs * TO_FIRST_BYTE);
		far.once('close', () => clearTimeout(opening));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy did not get a port');
	return {
		port: address.port,
		close: async () => {
			const gone = [...sockets].map(async (socket) => await new Promise((resolve) => socket.once('close', resolve)));
			for (const socket of sockets) socket.destroy();
			await Promise.all(gone);
			if (server.listening) await once(server.close(), 'close');
		},
	};
}
