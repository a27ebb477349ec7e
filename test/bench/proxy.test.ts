import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { randomBytes } from 'node:crypto';
import { type Proxy, startProxy } from '../../bench/proxy/proxy';

const MEBIBYTE = 1024 * 1024;
const ROUND_TRIP_MS = 40;

let server: Server;
let proxy: Proxy;
let client: Socket;
const accepted: Socket[] = [];

/** A server behind a proxy, and a client in front of it. */
async function reach(roundTripMs: number, serve: (socket: Socket) => void): Promise<Socket> {
	server = createServer({ allowHalfOpen: true }, (socket) => {
		accepted.push(socket.on('error', () => undefined));
		serve(socket);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	proxy = await startProxy({ targetPort: (server.address() as AddressInfo).port, roundTripMs });
	client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
	await once(client, 'connect');
	return client;
}

afterEach(async () => {
	client.destroy();
	await proxy.close();
	for (const socket of accepted.splice(0)) socket.destroy();
	await once(server.close(), 'close');
});

const echo = (socket: Socket) => void socket.pipe(socket);

it.each([0, 10])('carries bytes unchanged and in order both ways, %d ms away', async (roundTripMs) => {
	const sent = randomBytes(8 * MEBIBYTE);
	const socket = await reach(roundTripMs, echo);
	const [back] = await Promise.all([
		buffer(socket),
		...pieces(sent).map((piece) => void socket.write(piece)),
		socket.end(),
	]);
	expect(back.equals(sent)).toBe(true);
});

it('brings an answer no sooner than the round trip, nor anything before the connection would stand', async () => {
	const startedAt = performance.now();
	const socket = await reach(ROUND_TRIP_MS, echo);
	const answered = async () => {
		const at = performance.now();
		socket.write('ping');
		expect(String((await once(socket, 'data'))[0])).toBe('ping');
		return performance.now() - at;
	};
	await answered();
	// SYN and its answer, then the ping and its answer.
	expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2 * ROUND_TRIP_MS - 1);
	expect(await answered()).toBeGreaterThanOrEqual(ROUND_TRIP_MS - 1);
});

it('lets one side end while the other still sends', async () => {
	const heard: Buffer[] = [];
	const socket = await reach(10, (far) => {
		far.on('data', (data) => heard.push(data));
		far.once('end', () => far.end(`after ${Buffer.concat(heard).toString()}`));
	});
	socket.end('the end');
	expect(String(await buffer(socket))).toBe('after the end');
});

it('delivers what was under way when the sender has closed already', async () => {
	const arrived = new Promise<Buffer>((resolve) => {
		void reach(ROUND_TRIP_MS, (far) => {
			far.end();
			resolve(buffer(far));
		}).then((socket) => socket.resume().end(Buffer.alloc(MEBIBYTE, 'x')));
	});
	expect((await arrived).length).toBe(MEBIBYTE);
});

it('takes a cut connection to the other side', async () => {
	const socket = await reach(10, (far) => void far.resume());
	const cut = closed(socket);
	socket.on('error', () => undefined).write('x');
	while (accepted.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	accepted[0]?.resetAndDestroy();
	await cut;
	expect(socket.destroyed).toBe(true);
});

it('holds back a sender whose reader takes nothing, and goes on when it does', async () => {
	const bytes = 96 * MEBIBYTE;
	const socket = await reach(10, (far) => void far.pause());
	const piece = Buffer.alloc(MEBIBYTE, 'y');
	for (let sent = 0; sent < bytes; sent += piece.length) socket.write(piece);
	socket.end();
	await new Promise((resolve) => setTimeout(resolve, 400));
	expect(socket.writableLength).toBeGreaterThan(0);
	let taken = 0;
	for await (const data of accepted[0] ?? []) taken += Buffer.from(data).length;
	expect(taken).toBe(bytes);
});

it('closes in mid-transfer and leaves nothing that keeps the process alive', async () => {
	const kinds = ['Timeout', 'TCPSocketWrap'];
	// Jest and the files before in the same process keep some of their own.
	const before = new Map(kinds.map((kind) => [kind, count(kind)]));
	const more = () => kinds.filter((kind) => count(kind) > (before.get(kind) ?? 0));
	const socket = await reach(ROUND_TRIP_MS, (far) => void far.pause());
	socket.on('error', () => undefined).write(Buffer.alloc(MEBIBYTE));
	const gone = closed(socket);
	await proxy.close();
	await gone;
	const deadline = Date.now() + 10_000;
	while (more().length > 0 && Date.now() < deadline) {
		// A socket that reads nothing does not hear that the other side has closed, and may be accepted after that.
		for (const far of accepted) far.destroy();
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	expect(more()).toEqual([]);
});

const count = (kind: string) => process.getActiveResourcesInfo().filter((active) => active === kind).length;

/** Resolves when it is closed, by a fault too. */
const closed = async (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

function pieces(data: Buffer): Buffer[] {
	const cuts = [0, 1, 17, 65_536, 65_537, MEBIBYTE, 5 * MEBIBYTE + 3, data.length];
	return cuts.slice(1).map((end, at) => data.subarray(cuts[at], end));
}
