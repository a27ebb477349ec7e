import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { coalesceWrites } from '../../../../core/destinations/sftp/ssh2Internals/coalescingSocket';

/** Resolves to what arrives at the other end of a connection that `send` writes to and ends. */
async function arrived(send: (socket: Socket) => void): Promise<Buffer> {
	const server = createServer().listen(0, '127.0.0.1');
	try {
		await once(server, 'listening');
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('No free port');
		const socket = connect(address.port, '127.0.0.1');
		const [[peer]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')]);
		const all = buffer(peer);
		send(coalesceWrites(socket));
		return await all;
	} finally {
		server.close();
		await once(server, 'close');
	}
}

test('a buffer that changes after it was written arrives as it was', async () => {
	const all = await arrived((socket) => {
		const scratch = Buffer.alloc(3);
		for (const letter of 'abc') {
			scratch.fill(letter);
			socket.write(scratch);
		}
		socket.end();
	});
	expect(String(all)).toBe('aaabbbccc');
});

test('text, and what has a callback, arrives in its turn', async () => {
	const told: string[] = [];
	const all = await arrived((socket) => {
		socket.write(Buffer.from('1'));
		socket.write('2');
		socket.write(Buffer.from('3'), () => told.push('3 is sent'));
		socket.write(Buffer.from('4'));
		socket.end('5');
	});
	expect(String(all)).toBe('12345');
	expect(told).toEqual(['3 is sent']);
});

test('more than is sent at once arrives whole and in order, turn after turn', async () => {
	const pieces = Array.from({ length: 200 }, (_, at) => Buffer.alloc(20_011, at));
	const all = await arrived((socket) => {
		const next = (from: number) => {
			for (const piece of pieces.slice(from, from + 50)) socket.write(piece);
			if (from + 50 < pieces.length) setImmediate(next, from + 50);
			else socket.end();
		};
		next(0);
	});
	expect(all.equals(Buffer.concat(pieces))).toBe(true);
});

test('a socket that was destroyed takes no more, and says so as ever', async () => {
	await arrived((socket) => {
		socket.write(Buffer.from('lost'));
		socket.destroy();
		socket.write(Buffer.from('late'), (fault) => expect(fault).toMatchObject({ code: 'ERR_STREAM_DESTROYED' }));
		expect(socket.writable).toBe(false);
	});
});
