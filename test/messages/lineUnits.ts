import { createServer } from 'node:net';
import { allowAllHosts } from '../../core/destinations/egressPolicy';
import { connectSocket } from '../../core/destinations/sftp/connection/tcpSocket';
import { trySftp } from '../../core/destinations/sftp/destination';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { sessionTo } from '../core/destinations/sftp/sessionTo';
import { listening } from './stage/listen';

/** What becomes of connections to SFTP servers. */
export const LINE_UNITS: ReadonlyArray<readonly [what: string, provoke: () => Promise<unknown>]> = [
	['a name that does not exist', async () => await lookedUp('ENOTFOUND')],
	['a login that is dropped', async () => await dropped()],
	['a connection that breaks', async () => await broken()],
	['a channel that breaks', async () => await garbled()],
	['a connection that is ended', async () => await ended()],
];

async function lookedUp(code: string): Promise<void> {
	const lookup = (_host: string, _options: object, answer: (fault: Error, address: string) => void) =>
		answer(Object.assign(new Error(code), { code }), '');
	const server = { host: 'sftp.example.com', port: 22, egress: { ...allowAllHosts, lookup } };
	await connectSocket(server, 1000, new AbortController().signal);
}

/** Takes the connection, says that it is an SSH server, and leaves. */
async function dropped(): Promise<void> {
	const server = await listening(
		createServer(
			(socket) =>
				void socket
					.on('error', () => undefined)
					.end('SSH-2.0-Brief\r\n')
					.resume(),
		),
	);
	const plain = await startSsh2Server();
	try {
		await trySftp({ ...passwordFieldsOf(plain), port: server.port }, AbortSignal.timeout(10_000));
	} finally {
		await plain.close();
		await server.close();
	}
}

/** The line is reset in the midst of questions; the login needs less than this. */
async function broken(): Promise<void> {
	const server = await startSsh2Server();
	const line = await startFaultyLine(server.port, () => ({ atByte: 20_000, how: 'reset' }));
	const session = await sessionTo({ ...server, port: line.port }, 10_000);
	try {
		for (;;) await session.request('attrs', (sftp, answer) => sftp.stat('.', answer));
	} finally {
		session.end();
		await line.close();
		await server.close();
	}
}

async function garbled(): Promise<void> {
	const server = await startSsh2Server({ refuse: () => 'silence' });
	const session = await sessionTo(server, 10_000);
	try {
		await session.request('attrs', (sftp, answer) => {
			sftp.stat('.', answer);
			sftp.emit('error', new Error('Malformed packet'));
		});
	} finally {
		session.end();
		await server.close();
	}
}

async function ended(): Promise<void> {
	const server = await startSsh2Server({ refuse: () => 'silence' });
	const session = await sessionTo(server, 10_000);
	const asked = session.request('attrs', (sftp, answer) => sftp.stat('.', answer));
	session.end();
	await asked.finally(server.close);
}
