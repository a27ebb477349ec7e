import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:net';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import * as dataSets from '../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';

const DATA_SET = dataSets.oneRow();

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

/** What n8n shows when the credential of a server that does this to a connection is tested. */
async function tested(serve: (socket: Socket) => void) {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('error', () => undefined));
		serve(socket);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	const outcome = await bench.engine({ sftpWritebackApi: { port } }).testCredential('sftpWritebackApi');
	for (const socket of sockets) socket.destroy();
	server.close();
	return { ...outcome, message: outcome.message.replaceAll(String(port), 'PORT') };
}

test.concurrent(
	'a server that accepts and says nothing is told as one, with its port',
	async () => {
		expect(await tested(() => undefined)).toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/^SFTP server 127\.0\.0\.1, port PORT, accepted the connection but sent nothing in 30 s\. Check 'Port'/,
			),
		});
	},
	60_000,
);

test.concurrent(
	'a server that falls silent in the key exchange is told as one',
	async () => {
		expect((await tested((socket) => socket.write('SSH-2.0-Quiet_1.0\r\n'))).message).toMatch(
			/^SFTP server 127\.0\.0\.1, port PORT, did not finish the key exchange within 30 s/,
		);
	},
	60_000,
);

test.concurrent.each([
	['in the login', { authenticate: () => undefined }, /did not answer the login within 30 s/],
	['when SFTP begins', { sftp: 'silent' as const }, /it sent no response for 15 s/],
])(
	'a server that falls silent %s is told as one',
	async (_when, options, says) => {
		const server = await startSsh2Server(options);
		const { host: hostname, port, username, password, hostKeyFingerprint } = server;
		const typed = { hostname, port, username, password, hostKeyFingerprint, privateKey: '' };
		const outcome = await bench.engine({ sftpWritebackApi: typed }).testCredential('sftpWritebackApi');
		await server.close();
		expect(outcome.message).toMatch(says);
		expect(outcome.message).not.toContain('canceled');
	},
	60_000,
);

test.each<[what: string, serve: (socket: Socket) => void, says: string]>([
	[
		'a web server',
		(socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
		'Port: 127.0.0.1, port PORT, is a web server and not an SSH server (it says: HTTP/1.1 400 Bad Request)',
	],
	[
		'a mail server that waits',
		(socket) => socket.write('220 mail.example.com ESMTP Postfix\r\n'),
		'Port: 127.0.0.1, port PORT, is a mail server and not an SSH server (it says: 220 mail.example.com ESMTP Postfix)',
	],
	[
		'an FTP server',
		(socket) => socket.write('220 ProFTPD Server ready.\r\n'),
		'Port: 127.0.0.1, port PORT, is an FTP server and not an SSH server (it says: 220 ProFTPD Server ready.)',
	],
	[
		'a TLS server',
		(socket) => socket.once('data', () => socket.end(Buffer.from('15030300020246', 'hex'))),
		'Port: 127.0.0.1, port PORT, is a TLS server and not an SSH server. ',
	],
	[
		'another service',
		(socket) => socket.end('Go away\r\n'),
		"SFTP server 127.0.0.1, port PORT, didn't identify itself as an SSH server (it says: Go away)",
	],
])('%s at the port is told as one, at once', async (_what, serve, says) => {
	const startedAt = Date.now();
	expect((await tested(serve)).message.slice(0, says.length)).toBe(says);
	expect(Date.now() - startedAt).toBeLessThan(5000);
});

test('a server that turns two connections away, as a busy OpenSSH does, is tried again', async () => {
	let seen = 0;
	const server = createServer((near) => {
		near.on('error', () => undefined);
		seen += 1;
		if (seen <= 2) return void near.end('Exceeded MaxStartups\r\n');
		const far = connect(bench.sftp.port, '127.0.0.1').on('error', () => undefined);
		near.pipe(far).pipe(near);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	const engine = bench.engine({ sftpWritebackApi: { port } });
	const parameters = { destination: 'sftp', path: '', dataSet: byId(DATA_SET.id), transfer: { maxTries: 4 } };
	const outcome = await bench.run({ engine, parameters });
	server.close();
	await delay(0);
	expect(receiptOf(outcome)).toMatchObject({ verification: 'verified', tries: 3 });
});
