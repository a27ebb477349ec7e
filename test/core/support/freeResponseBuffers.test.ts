import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { createGunzip, gzipSync } from 'node:zlib';
import { freeBuffer, withFreedBuffers } from '../../../core/support/memory';
import { inPieces, serve } from './webServer';

const MEBIBYTE = 1024 * 1024;

/** As n8n's HTTP helper hands it on: behind a generator. */
function handedOn(response: IncomingMessage): Readable {
	const chunks = async function* () {
		for await (const chunk of response) yield chunk;
	};
	return Readable.from(chunks(), { objectMode: false });
}

async function sha256(body: AsyncIterable<Buffer>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of body) {
		hash.update(chunk);
		freeBuffer(chunk);
	}
	return hash.digest('hex');
}

describe.each(['http', 'https'] as const)('over %s', (kind) => {
	test.each([
		['a large body', 5 * MEBIBYTE, [300_000]],
		['one in small pieces', MEBIBYTE, [1, 100, 8192, 20_000]],
		['one of a single byte', 1, [1]],
		['an empty one', 0, [1]],
	])('%s arrives as it is', async (_, bytes, sizes) => {
		const content = randomBytes(bytes);
		const server = await serve(kind, inPieces(content, sizes));
		const response = await withFreedBuffers(server.get);
		expect(await sha256(handedOn(response))).toBe(createHash('sha256').update(content).digest('hex'));
		await server.close();
	});

	test('what was compressed is unpacked on its way', async () => {
		const content = randomBytes(MEBIBYTE).toString('hex');
		const server = await serve(kind, inPieces(gzipSync(content), [10_000]));
		const response = await withFreedBuffers(server.get);
		const chunks = await response.pipe(createGunzip()).toArray();
		expect(Buffer.concat(chunks).toString() === content).toBe(true);
		await server.close();
	});

	test('none of its chunks is too large for a turn of the event loop', async () => {
		const content = randomBytes(16 * MEBIBYTE);
		const server = await serve(kind, inPieces(content, [MEBIBYTE]));
		const sizes: number[] = [];
		for await (const chunk of handedOn(await withFreedBuffers(server.get))) sizes.push(chunk.length);
		expect(Math.max(...sizes)).toBeLessThan(MEBIBYTE / 2);
		await server.close();
	});

	test.each([
		['as fast as it comes', async () => undefined],
		['slower than it comes', async () => await sleep(1)],
	])('reading %s leaves next to nothing for the garbage collector', async (_pace, pause) => {
		// Each write is a chunk of its own, whose end is in the middle of what is read at once.
		const content = randomBytes(50_000);
		const server = await serve(kind, async (_, answer) => {
			for (let sent = 0; sent < 64 * MEBIBYTE; sent += content.length)
				if (!answer.write(content)) await once(answer, 'drain');
			answer.end();
		});
		const response = await withFreedBuffers(server.get);
		const before = process.memoryUsage().arrayBuffers;
		let most = 0;
		for await (const chunk of handedOn(response)) {
			freeBuffer(chunk);
			most = Math.max(most, process.memoryUsage().arrayBuffers - before);
			await pause();
		}
		expect(most).toBeLessThan(8 * MEBIBYTE);
		await server.close();
	});
});

test('all that arrives in one turn of the event loop is one chunk', async () => {
	// How much a real socket delivers in a turn depends on what else the machine does.
	const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, taken) => taken() });
	const piece = Buffer.alloc(64 * 1024, 'x');
	const turns = Array.from({ length: 64 }, (_, turn) => 1 + (turn % 4));
	const bytes = turns.reduce((sum, pieces) => sum + pieces * piece.length, 0);
	socket.push(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`);
	const response = await withFreedBuffers(
		async () => await new Promise<IncomingMessage>((resolve) => void get({ createConnection: () => socket }, resolve)),
	);
	const sizes: number[] = [];
	response.on('data', (chunk: Buffer) => sizes.push(chunk.length));
	for (const pieces of turns) {
		for (let count = 0; count < pieces; count++) socket.push(Buffer.from(piece));
		await setImmediate();
	}
	expect(sizes).toEqual(turns.map((pieces) => pieces * piece.length));
});

test('a piece that comes alone is passed on at once', async () => {
	const server = await serve('http', (_, answer) => void answer.write('first'));
	const response = await withFreedBuffers(server.get);
	const [chunk] = await once(response, 'data');
	expect(String(chunk)).toBe('first');
	response.destroy();
	await server.close();
});

test.each([
	['all it can at once', async () => undefined],
	['a little at a time', async () => await setImmediate()],
])('a slow reader holds back a sender of %s', async (_, pause) => {
	const content = randomBytes(16 * 1024);
	const server = await serve('http', async (_request, answer) => {
		const closed = once(answer, 'close');
		while (!answer.destroyed) {
			if (!answer.write(content)) await Promise.race([once(answer, 'drain'), closed]);
			await pause();
		}
	});
	const response = await withFreedBuffers(server.get);
	for (let read = 0, before = -1; read !== before; [before, read] = [read, response.socket.bytesRead]) await sleep(100);
	expect(response.socket.bytesRead).toBeLessThan(MEBIBYTE);
	// What is not read to its end keeps its connection, even when the server is gone.
	response.destroy();
	await server.close();
});

test('a body that breaks off rejects as ever', async () => {
	const server = await serve('http', (_, answer) => void answer.write('cut', () => answer.destroy()));
	const response = await withFreedBuffers(server.get);
	await expect(sha256(handedOn(response))).rejects.toMatchObject({ code: 'ECONNRESET' });
	await server.close();
});

test("others' requests meanwhile are left alone", async () => {
	const answers: ServerResponse[] = [];
	const asked = new EventEmitter();
	const server = await serve('http', (_, answer) => void asked.emit('asked', answers.push(answer)));
	const requests = [withFreedBuffers(server.get)];
	await once(asked, 'asked');
	requests.push(server.get());
	await once(asked, 'asked');
	for (const answer of answers.reverse()) {
		answer.end();
		await once(answer, 'close');
	}
	const [mine, theirs] = await Promise.all(requests);
	expect([mine, theirs].map((response) => Object.hasOwn(Object(response), 'push'))).toEqual([true, false]);
	await server.close();
});

test('a connection is used again as if nothing had been', async () => {
	const server = await serve('http', (_, answer) => void answer.end('here'));
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const ask = async () => await new Promise<IncomingMessage>((resolve) => void get(server.url, { agent }, resolve));
	const used: Array<{ readonly port: number | undefined; readonly listeners: number }> = [];
	for (const asked of [ask, async () => await withFreedBuffers(ask), ask]) {
		const response = await asked();
		const { socket } = response;
		await sha256(response);
		used.push({ port: socket.localPort, listeners: socket.listenerCount('data') });
	}
	expect(used[1]).toEqual(used[0]);
	expect(used[2]).toEqual(used[0]);
	agent.destroy();
	await server.close();
});
