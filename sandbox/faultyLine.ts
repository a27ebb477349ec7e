import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens once so many bytes have gone up the line: RST, FIN, nothing any more, or one byte that is another. */
export interface LineFault {
	readonly atByte: number;
	readonly how: 'reset' | 'end' | 'blackHole' | 'corrupt';
	/** How often, one connection after the other; for ever when absent. */
	readonly times?: number;
}

/** A TCP line to a server of this machine that goes wrong. */
export interface FaultyLine {
	readonly port: number;
	/** How often it went wrong. */
	faults(): number;
	close(): Promise<void>;
}

export async function startFaultyLine(
	toPort: number,
	{ atByte, how, times = Infinity }: LineFault,
): Promise<FaultyLine> {
	const open = new Set<Socket>();
	let faults = 0;
	const server = createServer((near) => {
		const far = connect(toPort, '127.0.0.1');
		let left = atByte;
		let isHole = false;
		const cut = (end: (socket: Socket) => void) => [near, far].forEach(end);
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
		near.on('data', (chunk) => {
			if (isHole) return;
			left -= chunk.length;
			if (left <= 0 && faults < times) {
				faults += 1;
				left = Infinity;
				if (how === 'reset') return cut((socket) => socket.resetAndDestroy());
				if (how === 'end') return cut((socket) => socket.end());
				if (how === 'corrupt') chunk.writeUInt8(chunk.readUInt8(chunk.length - 1) ^ 1, chunk.length - 1);
				isHole = how === 'blackHole';
				if (isHole) return;
			}
			if (!far.write(chunk)) near.pause();
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
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of open) socket.destroy();
			await closed;
		},
	};
}
