import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { sessionTo } from './sessionTo';

const IDLE_MS = 3_000;

/** A line that carries nothing any more, and does not end, once it is told. */
async function startLine(toPort: number) {
	const sockets: Socket[] = [];
	const server = createServer((near) => {
		const far = connect(toPort, '127.0.0.1');
		near.pipe(far).pipe(near);
		for (const socket of [near, far]) sockets.push(socket.on('error', () => undefined));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		port: address.port,
		goDead: () => sockets.forEach((socket) => socket.unpipe().pause()),
		close: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

test('a connection that dies while nothing is asked is noticed', async () => {
	const server = await startSsh2Server();
	const line = await startLine(server.port);
	const session = await sessionTo({ ...server, port: line.port }, IDLE_MS);
	line.goDead();
	while (!session.isLost()) await new Promise((resolve) => setTimeout(resolve, 50));
	line.close();
	await server.close();
}, 20_000);

test('one that is only idle is kept', async () => {
	const server = await startSsh2Server();
	const session = await sessionTo(server, IDLE_MS);
	await new Promise((resolve) => setTimeout(resolve, 2 * IDLE_MS));
	expect(session.isLost()).toBe(false);
	session.end();
	await server.close();
}, 20_000);
