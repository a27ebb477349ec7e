import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** How a flood answers every request below a path. */
export interface Flooded {
	/** Begin of the path. */
	readonly path: string;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/**
	 * `endless` sends `piece` again and again, `gzip` the same compressed, `trickle` a byte every 20 ms, `silent` nothing after the headers;
	 * `headers` and `information` never come to a body; `once` sends it once, and ends.
	 */
	readonly how: 'endless' | 'gzip' | 'trickle' | 'silent' | 'headers' | 'information' | 'once';
	/** Before the endless rest. */
	readonly start?: string;
	readonly piece?: string;
}

/** A web server in a thread of its own, which the measurements of this one do not see. */
export interface Flood {
	readonly url: string;
	/** Connections that are still open. */
	open(): Promise<number>;
	close(): Promise<void>;
}

const SERVER = `
const { createServer } = require('node:http');
const { gzipSync } = require('node:zlib');
const { parentPort, workerData } = require('node:worker_threads');
const sockets = new Set();
const flood = (out, bytes) => {
	const more = () => { while (!out.destroyed && out.write(bytes)); };
	out.on('drain', more);
	more();
};
const server = createServer((request, response) => {
	if (request.method === 'HEAD') return response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end();
	const way = workerData.find(({ path }) => request.url.startsWith(path));
	if (way === undefined) return response.writeHead(404).end();
	const { status = 200, headers = {}, how, start = '', piece = 'x' } = way;
	const block = piece.repeat(Math.ceil(262144 / piece.length));
	response.on('error', () => undefined);
	request.resume();
	if (how === 'headers') {
		request.socket.write('HTTP/1.1 ' + status + ' OK\\r\\n');
		return flood(request.socket, 'x-more: ' + 'x'.repeat(1000) + '\\r\\n');
	}
	if (how === 'information') return flood(request.socket, 'HTTP/1.1 103 Early Hints\\r\\nlink: <x>\\r\\n\\r\\n'.repeat(100));
	if (how === 'gzip') {
		response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
		response.write(gzipSync(start + block));
		return flood(response, gzipSync(Buffer.alloc(16 * 1024 * 1024, piece)));
	}
	response.writeHead(status, headers);
	response.flushHeaders();
	if (start !== '') response.write(start);
	if (how === 'once') return response.end();
	if (how === 'endless') flood(response, block);
	if (how === 'trickle') {
		const timer = setInterval(() => response.write(piece), 20);
		response.on('close', () => clearInterval(timer));
	}
});
server.on('connection', (socket) => {
	sockets.add(socket);
	socket.on('error', () => undefined);
	socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', (asked) => {
	if (asked === 'open') return parentPort.postMessage(sockets.size);
	server.closeAllConnections();
	process.exit();
});
`;

export async function startFlood(ways: readonly Flooded[]): Promise<Flood> {
	const worker = new Worker(SERVER, { eval: true, workerData: ways });
	const answer = async () => {
		const [value] = await once(worker, 'message');
		return Number(value);
	};
	const port = await answer();
	return {
		url: `http://127.0.0.1:${port}`,
		open: async () => {
			const answered = answer();
			worker.postMessage('open');
			return await answered;
		},
		close: async () => {
			const ended = once(worker, 'exit');
			worker.postMessage('close');
			await ended;
		},
	};
}
