import type { Socket } from 'node:net';
import { type AuthContext, type Connection, Server, type ServerChannel, utils } from 'ssh2';
import type { Script } from './beforeKeys';
import { message, string, uint32 } from './bytes';
import { answer, ANSWER, polite, REQUEST, type Respond, serveRaw, status } from './rawSftp';

/** What a server does once keys are exchanged; otherwise it lets everybody in and serves a folder. */
interface Behaviour {
	/** Gets the first login in place of the server's own answer. */
	readonly onLogin?: (line: Line, context: AuthContext) => void;
	readonly onReady?: (line: Line) => void;
	readonly onChannel?: (line: Line, channel: ServerChannel) => void;
	readonly respond?: (line: Line) => Respond;
	/** Of its channels, in the answer to the request for one. */
	readonly channel?: { readonly window: number; readonly packetSize: number };
}

/** ssh2's server from inside (lib/protocol/Protocol.js). */
interface Protocol {
	_cipher: { allocPacket(bytes: number): Buffer; encrypt(packet: Buffer): void };
	_kexinit: unknown;
	rekey(): void;
	channelOpenConfirm(remote: number, local: number, window: number, packetSize: number): void;
}

/** One connection, which sends whatever it is told to. */
interface Line {
	readonly socket: Socket;
	readonly protocol: Protocol;
	send(payload: Buffer): void;
	/** Sends it for as long as the connection is there, many at once, whether the client reads or not up to some megabytes. */
	flood(payload: Buffer): void;
}

const HOST_KEY = utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;

function serving(behaviour: Behaviour): Script {
	const server = new Server({ hostKeys: [HOST_KEY] }, (connection) => serve(connection, behaviour));
	return (socket) => {
		server.injectSocket(socket);
	};
}

function serve(connection: Connection, { onLogin, onReady, onChannel, respond, channel: sizes }: Behaviour): void {
	const line = lineOf(connection);
	connection.on('error', () => undefined);
	connection.on('authentication', (context) => (onLogin === undefined ? context.accept() : onLogin(line, context)));
	connection.on('ready', () => onReady?.(line));
	if (sizes !== undefined) {
		const confirm = line.protocol.channelOpenConfirm.bind(line.protocol);
		line.protocol.channelOpenConfirm = (remote, local) => confirm(remote, local, sizes.window, sizes.packetSize);
	}
	connection.on('session', (accept) => {
		accept().on('subsystem', (acceptSubsystem) => {
			const channel: ServerChannel = acceptSubsystem();
			serveRaw(channel, respond?.(line) ?? polite());
			onChannel?.(line, channel);
		});
	});
}

function lineOf(connection: Connection): Line {
	const protocol: Protocol = Reflect.get(connection, '_protocol');
	const socket: Socket = Reflect.get(connection, '_sock');
	const send = (payload: Buffer) => {
		if (!socket.writable || protocol._kexinit !== undefined) return;
		const packet = protocol._cipher.allocPacket(payload.length);
		packet.set(payload, 5);
		protocol._cipher.encrypt(packet);
	};
	const flood = (payload: Buffer) => {
		for (let sent = 0; sent < 500 && socket.writableLength < 4 * 1024 * 1024; sent++) send(payload);
		if (!socket.destroyed) setImmediate(flood, payload);
	};
	return { socket, protocol, send, flood };
}

/** The one channel that a client of ours opens first. */
const CHANNEL = uint32(0);
const KEY = Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(32, 7))]);

/** A message of every number that a server may send, each of which makes work or wants an answer. */
const FLOODS: Readonly<Record<string, Buffer>> = {
	IGNORE: message(2, string('')),
	UNIMPLEMENTED: message(3, uint32(1)),
	DEBUG: message(4, Buffer.alloc(1), string('x'), string('')),
	EXT_INFO: message(7, uint32(1), string('server-sig-algs'), string('rsa-sha2-512')),
	USERAUTH_SUCCESS: message(52),
	USERAUTH_BANNER: message(53, string('hello'), string('')),
	GLOBAL_REQUEST: message(80, string('anything'), Buffer.from([1])),
	HOST_KEYS: message(
		80,
		string('hostkeys-00@openssh.com'),
		Buffer.from([1]),
		...new Array<Buffer>(500).fill(string(KEY)),
	),
	REQUEST_FAILURE: message(82),
	CHANNEL_OPEN: message(90, string('x11'), uint32(7), uint32(1), uint32(1), string('10.0.0.1'), uint32(1)),
	CHANNEL_OPEN_FAILURE: message(92, uint32(9), uint32(1), string('no'), string('')),
	WINDOW_ADJUST: message(93, CHANNEL, uint32(1)),
	EMPTY_DATA: message(94, CHANNEL, string('')),
	EXTENDED_DATA: message(95, CHANNEL, uint32(1), string('x')),
	CHANNEL_REQUEST: message(98, CHANNEL, string('anything'), Buffer.from([1])),
	CHANNEL_SUCCESS: message(99, CHANNEL),
	UNKNOWN: message(199),
	NOTHING: Buffer.alloc(0),
	UNASKED_STATUS: message(94, CHANNEL, string(string(status(4_000_000_000, 0)))),
	UNASKED_DATA: message(94, CHANNEL, string(string(answer(ANSWER.data, 4_000_000_000, string(Buffer.alloc(20_000)))))),
};

const prompts = (line: Line, ...asked: readonly Buffer[]) =>
	line.send(message(60, string(''), string(''), string(''), ...asked));
const onPrompt =
	(ask: (line: Line) => void): Behaviour['onLogin'] =>
	(line, context) => {
		if (context.method === 'keyboard-interactive') ask(line);
		else context.reject(['keyboard-interactive']);
	};
const hidden = (prompt: string) => Buffer.concat([string(prompt), Buffer.from([0])]);

const answering =
	(type: number, respond: Respond): Behaviour['respond'] =>
	() => {
		const rest = polite();
		return (request) => (request.type === type ? respond(request) : rest(request));
	};
const names = (id: number, count: number, name: string): Buffer =>
	answer(
		ANSWER.name,
		id,
		uint32(count),
		...new Array<Buffer>(count).fill(Buffer.concat([string(name), string(name), uint32(8), uint32(1), uint32(1)])),
	);

/** Servers that serve a folder, and do one thing that they should not. */
const SERVERS: Readonly<Record<string, Behaviour>> = {
	'nothing wrong': {},
	'new keys without end': { onReady: ({ protocol }) => void setInterval(() => protocol.rekey(), 5).unref() },
	'packets of 0 bytes in its channel': { channel: { window: 2_000_000, packetSize: 0 } },
	'packets of 1 byte in its channel': { channel: { window: 2_000_000_000, packetSize: 1 } },
	'a window that opens by single bytes': {
		channel: { window: 0, packetSize: 32_768 },
		onReady: (line) => line.flood(message(93, CHANNEL, uint32(1))),
	},
	'4,294,967,295 prompts': { onLogin: onPrompt((line) => prompts(line, uint32(0xffffffff))) },
	'30,000,000 prompts': { onLogin: onPrompt((line) => prompts(line, uint32(30_000_000), hidden('Password: '))) },
	'rounds without prompts': {
		onLogin: onPrompt((line) => line.flood(message(60, string(''), string(''), string(''), uint32(0)))),
	},
	'a thousand prompts': {
		onLogin: onPrompt((line) => prompts(line, uint32(1000), ...new Array<Buffer>(1000).fill(hidden('Password: ')))),
	},
	'a prompt of 30,000 characters': {
		onLogin: onPrompt((line) => prompts(line, uint32(1), hidden('x'.repeat(30_000)))),
	},
	'signatures without end': {
		onLogin: (line, context) => {
			if (context.method !== 'publickey') return context.reject(['publickey']);
			line.flood(message(60, string('ssh-ed25519'), string(context.key.data)));
		},
	},
	'refusals without end': { onLogin: (line) => line.flood(message(51, string('password'), Buffer.from([1]))) },
	'a handle of 200 kB': {
		respond: answering(REQUEST.open, ({ id }) => answer(ANSWER.handle, id, string(Buffer.alloc(200_000, 'h')))),
	},
	'a folder without end': { respond: answering(REQUEST.readdir, ({ id }) => names(id, 2_000, 'file.csv')) },
	'a folder without files or an end': { respond: answering(REQUEST.readdir, ({ id }) => names(id, 0, '')) },
	'a folder of names as long as a packet': {
		respond: answering(REQUEST.readdir, ({ id }) => names(id, 1, `${'x'.repeat(120_000)}0123456789ab.part`)),
	},
	'a folder full of part files': {
		respond: answering(REQUEST.readdir, ({ id }) => names(id, 400, '.file.csv.0123456789ab.part')),
	},
	'a file that is read byte by byte': {
		respond: answering(REQUEST.read, ({ id }) => answer(ANSWER.data, id, string('a'))),
	},
	'an SFTP packet of 4 GiB': {
		onChannel: (_, channel) => void setTimeout(() => channel.write(Buffer.alloc(100, 0xff)), 500).unref(),
	},
	...Object.fromEntries(
		Object.entries(FLOODS).map(([name, payload]) => [
			`${name} without end`,
			{ onChannel: (line: Line) => line.flood(payload) },
		]),
	),
};

export const FLOODED = Object.keys(FLOODS).map((name) => `${name} without end`);

export const AFTER_KEYS: Readonly<Record<string, Script>> = Object.fromEntries(
	Object.entries(SERVERS).map(([name, behaviour]) => [name, serving(behaviour)]),
);
