import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that is cut whenever so many bytes have gone up it. */
export interface CutLine {
	readonly port: number;
	cuts(): number;
	close(): Promise<void>;
}

/** `nextCut` tells after how many more bytes the line is cut; undefined leaves it whole from then on. */
export async function startCutLine(toPort: number, nextCut: () => number | undefined): Promise<CutLine> {
	const open = new Set<Socket>();
	let left = nextCut();
	let cuts = 0;
	const cut = () => {
		cuts += 1;
		left = nextCut();
		for (const socket of open) socket.resetAndDestroy();
	};
	const server = createServer((near) => {
		const far = connect(toPort, '127.0.0.1');
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
		far.pipe(near);
		near.on('data', (chunk) => {
			if (!far.write(chunk)) near.pause();
			if (left === undefined) return;
			left -= chunk.length;
			if (left <= 0) cut();
		});
		far.on('drain', () => near.resume());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		cuts: () => cuts,
		close: async () => {
			server.close();
			for (const socket of open) socket.destroy();
			await once(server, 'close');
		},
	};
}
