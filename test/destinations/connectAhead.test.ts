import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuthContext } from 'ssh2';
import { startProxy } from '../../bench/proxy/proxy';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { until } from '../core/format/bodies';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { TARGET, targetOf } from '../target';

const { signal } = new AbortController();

/** Far enough that several channels are wanted. */
const ROUND_TRIP_MS = 40;

test('a connection begun ahead is the one that the first use gets', async () => {
	let logins = 0;
	const server = await startSsh2Server({ authenticate: (context) => (logins++, context.accept()) });
	const destination = openSftp(passwordFieldsOf(server));
	destination.connectAhead?.(signal);
	destination.connectAhead?.(signal);
	await until(() => logins === 1);
	await Promise.all([destination.stat(TARGET, signal), destination.stat(TARGET, signal)]);
	destination.connectAhead?.(signal);
	await destination.stat(TARGET, signal);
	await destination.close();
	await server.close();
	expect(logins).toBe(1);
});

test('a login that was refused ahead is the fault of the first use, and is not made again', async () => {
	const refused: string[] = [];
	const authenticate = (context: AuthContext) => {
		refused.push(context.method);
		context.reject(['password']);
	};
	const server = await startSsh2Server({ authenticate });
	const destination = openSftp(passwordFieldsOf(server));
	destination.connectAhead?.(signal);
	await until(() => refused.length > 0);
	await expect(destination.stat(TARGET, signal)).rejects.toMatchObject({ reason: 'destinationLogin' });
	await destination.close();
	await server.close();
	expect(refused).toEqual(['password']);
});

test('a connection that was stopped ahead fails no other user of the destination', async () => {
	const server = await startSsh2Server();
	const destination = openSftp(passwordFieldsOf(server));
	const stopped = new AbortController();
	destination.connectAhead?.(stopped.signal);
	await until(() => server.connections() === 1);
	const looking = destination.stat(TARGET, signal);
	stopped.abort();
	await expect(looking).resolves.toBeUndefined();
	await destination.close();
	await server.close();
});

test('a server that says nothing is not waited for once its user has stopped', async () => {
	const sockets: Socket[] = [];
	const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
	await once(silent, 'listening');
	const address = silent.address();
	const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
	const server = await startSsh2Server();
	const destination = openSftp({ ...passwordFieldsOf(server), port });
	const stopped = new AbortController();
	destination.connectAhead?.(stopped.signal);
	await until(() => sockets.length > 0);
	const [socket] = sockets;
	const gone = socket && once(socket, 'close');
	socket?.resume();
	stopped.abort();
	await destination.close();
	await gone;
	silent.close();
	await server.close();
});

test('a large file opens the channels that distance asks for before its first byte, and ends them when it is given up', async () => {
	const { upload, count, end } = await openedFarAway(true);
	await until(() => count(OPENED) >= 2);
	await upload.abort();
	await until(() => count(OPENED) - count(CLOSED) === 1);
	await end();
});

test('a small file is content with the channel that is there', async () => {
	const { upload, count, end } = await openedFarAway(false);
	await upload.write(Readable.from([Buffer.alloc(1000)]));
	await upload.abort();
	await end();
	expect(count(OPENED)).toBe(1);
});

test.each([
	{
		title: 'a large file far away is asked whether it may be read before its own bytes are in the way',
		isLarge: true,
		read: ['READ'],
	},
	{ title: 'a small file far away is not read before all of it is there', isLarge: false, read: [] },
])('$title', async ({ isLarge, read }) => {
	const requests: string[] = [];
	const { upload, end } = await openedOnSsh2(isLarge, ({ name }) => void requests.push(name));
	await until(() => requests.filter((name) => name === 'READ').length === read.length);
	await upload.write(Readable.from([]));
	await upload.abort();
	await end();
	expect(requests.slice(0, requests.indexOf('CLOSE')).filter((name) => name === 'READ')).toEqual(read);
});

test('a line that breaks before it is known whether a file may be read costs none of the channels that distance asks for', async () => {
	const opened: string[] = [];
	let cuts = 0;
	const refuse: Refuse = ({ name, paths: [path = ''] }) => {
		if (name === 'OPEN') opened.push(path);
		return name === 'READ' && cuts++ === 0 ? 'disconnect' : undefined;
	};
	const { upload, end } = await openedOnSsh2(true, refuse);
	await until(() => cuts > 0);
	// The end takes its time, too: until then, it would be the end of the channels that the first bytes ask for.
	await delay(2 * ROUND_TRIP_MS);
	const body = Array.from({ length: 24 }, (_, index) => Buffer.alloc(1024 * 1024, index + 1));
	const written = await upload.write(Readable.from(body));
	await upload.abort();
	await end();
	expect(written).toBe(24 * 1024 * 1024);
	// To make it, to ask, after the loss, to ask again, and to prove it; each further channel opens it once more.
	expect(opened.length).toBeGreaterThan(6);
});

const OPENED = /^Starting session:/gm;
const CLOSED = /^Close session:/gm;

async function openedFarAway(isLarge: boolean) {
	const server = await startOpenSsh({ config: ['LogLevel DEBUG'] });
	const opened = await openedOver(server, sftpFieldsOf(server), isLarge);
	return { ...opened, count: (what: RegExp) => server.log().match(what)?.length ?? 0 };
}

async function openedOnSsh2(isLarge: boolean, refuse: Refuse) {
	const server = await startSsh2Server({ refuse });
	return await openedOver(server, passwordFieldsOf(server), isLarge);
}

/** An upload that is open on a server far away, which `end` ends with it. */
async function openedOver(
	server: { readonly port: number; close(): Promise<void> },
	fields: Parameters<typeof openSftp>[0],
	isLarge: boolean,
) {
	const line = await startProxy({ targetPort: server.port, roundTripMs: ROUND_TRIP_MS });
	const destination = openSftp({ ...fields, port: line.port });
	const upload = await destination.openUpload(targetOf({ isLarge }), signal);
	const end = async () => {
		await destination.close();
		await line.close();
		await server.close();
	};
	return { upload, end };
}
