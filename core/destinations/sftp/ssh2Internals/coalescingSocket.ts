import type { Socket } from 'node:net';

const COPIES: unique symbol = Symbol('copies what it is given');

/** A socket that is done with a buffer as soon as `write` returns: what is encrypted in memory that is used again may only be given to one. */
export interface CopyingSocket extends Socket {
	readonly [COPIES]: true;
}

export function isCopying(socket: Socket): socket is CopyingSocket {
	return Reflect.get(socket, COPIES) === true;
}

/** What is written at once: about what comes in one turn of the event loop. */
const BATCH_BYTES = 256 * 1024;

/**
 * Sends what is written within one turn of the event loop together, out of memory that is used again; a buffer may be changed as soon as
 * `write` returns. ssh2 writes every packet in three pieces. Without Nagle's delay each would be a system call and a TCP segment of its
 * own, and for as long as the server is slower Node.js would keep a record of each. What is no buffer, or has a callback, is sent as
 * ever, in its turn. Not a subclass: `connect` puts net's own `write` back.
 */
export function coalesceWrites(socket: Socket): CopyingSocket {
	const write = socket.write.bind(socket);
	const end = socket.end.bind(socket);
	const free: Buffer[] = [];
	let batch: Buffer | undefined;
	let used = 0;
	const flush = (): void => {
		if (batch === undefined) return;
		const full = batch;
		const bytes = used;
		batch = undefined;
		used = 0;
		write(full.subarray(0, bytes), () => free.push(full));
	};
	const add = (data: Buffer) => {
		for (let at = 0; at < data.length; ) {
			if (batch === undefined) {
				batch = free.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
				process.nextTick(flush);
			}
			const taken = data.copy(batch, used, at);
			at += taken;
			used += taken;
			if (used === batch.length) flush();
		}
		return !socket.writableNeedDrain;
	};
	socket.write = (...args: unknown[]): boolean => {
		const [data, more] = args;
		if (Buffer.isBuffer(data) && more === undefined && socket.writable) return add(data);
		flush();
		return Reflect.apply(write, socket, args);
	};
	socket.end = (...args: unknown[]): Socket => {
		flush();
		return Reflect.apply(end, socket, args);
	};
	return Object.assign(socket, { [COPIES]: true } as const);
}
