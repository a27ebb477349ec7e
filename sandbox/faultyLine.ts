import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens once so many more bytes have gone up the line: RST, FIN, nothing any more, or one byte that is another. */
export interface LineFault {
	readonly atByte: number;
	readonly how: 'reset' | 'end' | 'blackHole' | 'corrupt';
}

/** A TCP line to a server of this machine that goes wrong. */
export interface FaultyLine {
	readonly port: number;
	/** How often it went wrong. */
	faults(): number;
	/** Ends of connections that are open now, on either side. */
	openEnds(): number;
	close(): Promise<void>;
}

/** `next` tells how it goes wrong after the last time; undefined leaves it whole from then on. A cut takes every connection with it. */
export async function startFaultyLine(toPort: number, next: () => LineFault | undefined): Promise<FaultyLine> {
	const open = new Set<Socket>();
	let faults = 0;
	let fault = next();
	let left = fault?.atByte ?? Infinity;
	const due = (bytes: number): LineFault['how'] | undefined => {
		left -= bytes;
		if (left > 0) return undefined;
		const how = fault?.how;
		faults += 1;
		fault = next();
		left = fault?.atByte ?? Infinity;
		return how;
	};
	const server = createServer((near) => {
		const far = connect(toPort, '127.0.0.1');
		let isHole = false;
		keep(open, near, far);
		near.on('data', (chunk) => {
			if (isHole) return;
			const how = due(chunk.length);
			if (how === 'reset') return open.forEach(reset);
			if (how === 'end') return open.forEach((socket) => socket.end());
			if (how === 'corrupt') chunk.writeUInt8(chunk.readUInt8(chunk.length - 1) ^ 1, chunk.length - 1);
			isHole = how === 'blackHole';
			if (!isHole && !far.write(chunk)) near.pause();
		});
		far.on('data', (chunk) => {
			if (!isHole) near.write(chunk);
		});
		far.on('drain', () => near.resume());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		port: address.port,
		faults: () => faults,
		openEnds: () => open.size,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of open) socket.destroy();
			await closed;
		},
	};
}

/** RST. A socket that has ended, or has something left to send, would be gone for Node.js and stay open for its peer. */
export function reset(socket: Socket): void {
	if (socket.writableEnded || socket.writableLength > 0) socket.destroy();
	else socket.resetAndDestroy();
}

/** Each of the two ends with the other. */
function keep(open: Set<Socket>, near: Socket, far: Socket): void {
	for (const [from, to] of [
		[near, far],
		[far, near],
	] as const) {
		open.add(from);
		from.on('error', () => undefined);
		from.on('close', () => {
			open.delete(from);
			to.destroy();
		});
	}
}
