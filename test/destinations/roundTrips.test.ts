import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { allowAllHosts } from '../../core/destinations/egressPolicy';
import { openSession } from '../../core/destinations/sftp/connection/session';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';

/** Each way: what is sent in one turn arrives before what answers it. */
const DELAY_MS = 20;

/** A line that counts how often the client waited for the server: its turns to speak. */
async function startLine(toPort: number) {
	const said: Array<'client' | 'server'> = [];
	const sockets: Socket[] = [];
	const server = createServer((near) => {
		const far = connect(toPort, '127.0.0.1');
		sockets.push(near, far);
		const carry = (from: Socket, to: Socket, who: 'client' | 'server') =>
			from
				.on('data', (chunk) => {
					if (said.at(-1) !== who) said.push(who);
					setTimeout(() => to.write(chunk), DELAY_MS);
				})
				.on('error', () => to.destroy())
				.on('close', () => setTimeout(() => to.destroy(), DELAY_MS));
		carry(near, far, 'client');
		carry(far, near, 'server');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		turns: () => said.filter((who) => who === 'client').length,
		close: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Versions, algorithms, keys, the service, the login by a key; then the channel, SFTP in it, and its version. */
const LOGIN_TURNS = 8;

test('logging in with a key waits for the server no more often than the protocol needs, its first SFTP channel included', async () => {
	const openSsh = await startOpenSsh();
	const { hostname: host, username, privateKey } = sftpFieldsOf(openSsh);
	const fields = { host, username, login: { privateKey }, hostKeys: 'any', legacyAlgorithms: false } as const;
	const logIn = async () => {
		const line = await startLine(openSsh.port);
		try {
			const server = { ...fields, port: line.port, idleMs: 5000, egress: allowAllHosts };
			const session = await openSession(server, new AbortController().signal);
			const turns = line.turns();
			session.end();
			return turns;
		} finally {
			line.close();
		}
	};
	try {
		// On a busy machine, what belongs to one turn may take two.
		expect(Math.min(await logIn(), await logIn(), await logIn())).toBe(LOGIN_TURNS);
	} finally {
		await openSsh.close();
	}
});
