import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type Ssh2Server, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { string } from '../hostile/ssh/bytes';
import { polite, REQUEST, serveRaw, status } from '../hostile/ssh/rawSftp';
import { targetOf } from '../target';

/** More than a channel takes and what the node sends ahead, together. */
const CONTENT = randomBytes(7_000_000);
const QUIET_MS = 300;
const never = (): AbortSignal => new AbortController().signal;

interface ShutServer extends Ssh2Server {
	/** Where it was to write what isn't `CONTENT`. */
	readonly wrong: readonly number[];
	/** Settles once nothing more fits into the channel. */
	readonly full: Promise<unknown>;
	/** Lets in what waits. */
	open(): void;
}

/** Lets no more into its first channel than fits, until it is opened. Once that is full, it acknowledges so many of the next writes ahead. */
async function startShutServer({ acknowledgesAhead = 0 } = {}): Promise<ShutServer> {
	const events = new EventEmitter();
	const full = once(events, 'full');
	const respond = polite();
	const wrong: number[] = [];
	let last = 0;
	let hold: { open(): void } | undefined;
	const onFull = async (channel: ServerChannel) => {
		for (let seen = -1; seen !== last; await sleep(QUIET_MS)) seen = last;
		for (let id = last + 1; id <= last + acknowledgesAhead; id++) channel.write(string(status(id, 0)));
		events.emit('full');
	};
	const server = await startSsh2Server({
		sftp: (channel) =>
			serveRaw(channel, (request) => {
				if (request.type !== REQUEST.write) return respond(request);
				const { at, data } = writeIn(request.body);
				if (!data.equals(CONTENT.subarray(at, at + data.length))) wrong.push(at);
				last = request.id;
				if (hold === undefined) {
					hold = holdWindow(channel);
					onFull(channel).catch(() => undefined);
				}
				return respond(request);
			}),
	});
	return { ...server, wrong, full, open: () => hold?.open() };
}

function writeIn(body: Buffer) {
	const handleBytes = body.readUInt32BE();
	return { at: Number(body.readBigUInt64BE(4 + handleBytes)), data: body.subarray(4 + handleBytes + 8 + 4) };
}

/** Keeps back what tells the client that more fits into a channel. */
function holdWindow(channel: ServerChannel): { open(): void } {
	const protocol: { channelWindowAdjust(id: number, bytes: number): void } = Reflect.get(
		Object(Reflect.get(channel, '_client')),
		'_protocol',
	);
	const adjust = protocol.channelWindowAdjust.bind(protocol);
	const held: Array<[id: number, bytes: number]> = [];
	protocol.channelWindowAdjust = (...args) => void held.push(args);
	return {
		open: () => {
			protocol.channelWindowAdjust = adjust;
			for (const args of held.splice(0)) adjust(...args);
		},
	};
}

async function* pieces(content: Buffer) {
	for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

test('what waits for the window of a server when its upload fails goes out as it was, whatever other uploads write then', async () => {
	const shut = await startShutServer();
	const other = await startSsh2Server({ sftp: (channel) => serveRaw(channel, polite()) });
	const failing = openSftp({ ...passwordFieldsOf(shut), connections: 1 });
	const lasting = openSftp({ ...passwordFieldsOf(other), connections: 1 });
	try {
		const failed = new EventEmitter();
		const second = (async () => {
			const upload = await lasting.openUpload(targetOf({ fileName: 'other.csv' }), never());
			const others = Buffer.alloc(CONTENT.length, 'rows of another execution');
			const body = async function* () {
				yield Buffer.from('begins early: the memory is shared by those that run');
				await once(failed, 'failed');
				yield* pieces(others);
			};
			await upload.write(body());
			await upload.commit();
		})();
		const upload = await failing.openUpload(targetOf(), never());
		const body = async function* () {
			yield* pieces(CONTENT.subarray(0, 3_500_000));
			await shut.full;
			throw new Error('the export ended early');
		};
		await expect(upload.write(body())).rejects.toThrow('the export ended early');
		failed.emit('failed');
		await second;
		shut.open();
		await upload.abort();
		expect(shut.wrong).toEqual([]);
	} finally {
		await Promise.all([failing.close(), lasting.close()]);
		await Promise.all([shut.close(), other.close()]);
	}
});

test('a server that acknowledges what is not sent yet gets nothing but the file', async () => {
	const server = await startShutServer({ acknowledgesAhead: 24 });
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 1 });
	try {
		server.full.then(async () => await sleep(QUIET_MS)).then(server.open, () => undefined);
		const upload = await destination.openUpload(targetOf(), never());
		await upload.write(pieces(CONTENT));
		await upload.commit();
		expect(server.wrong).toEqual([]);
	} finally {
		await destination.close();
		await server.close();
	}
});
