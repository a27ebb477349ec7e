import type { Socket } from 'node:net';
import type { Client } from 'ssh2';
import { readSshStrings } from '../keys/sshStrings';
import { ProtocolError } from './connectionErrors';

/** Message numbers of SSH packets (RFC 4250 section 4.1.2). */
const PACKET = {
	ignore: 2,
	unimplemented: 3,
	keyExchange: 20,
	promptOrKeyAccepted: 60,
	globalRequest: 80,
	channelOpened: 91,
	windowAdjust: 93,
	data: 94,
	extendedData: 95,
} as const;

/** What a server may send; `bytesWritten` counts what it was sent, and `seconds` the age of the connection. */
interface Allowance {
	readonly free: number;
	readonly perSecond: number;
	/** One more for every so many bytes that the server was sent. */
	readonly bytesFor: number;
	readonly message: string;
}

/** Each exchange costs a few milliseconds. OpenSSH's RekeyLimit may be as low as a megabyte. */
const KEY_EXCHANGES: Allowance = {
	free: 16,
	perSecond: 0.1,
	bytesFor: 1024 * 1024,
	message: 'the server changes keys again and again',
};

/** What is answered, or makes work. A keepalive a second is usual, and a channel for each file takes six. */
const QUESTIONS: Allowance = {
	free: 2_000,
	perSecond: 200,
	bytesFor: Infinity,
	message: 'the server sends requests without end',
};

/** What needs no answer. The smallest request has more bytes than this, and each has one answer and opens a window once. */
const SMALL_PACKETS: Allowance = {
	free: 10_000,
	perSecond: 1_000,
	bytesFor: 16,
	message: 'the server sends packets without end',
};

/** Packets of data that are shorter than this count. */
const SMALL_BYTES = 256;

/** Prompts of a login, and keys that the server wants a signature by. */
const MOST_LOGIN_QUESTIONS = 32;

/** ssh2 makes room for as many prompts as a server announces. */
const MOST_PROMPTS = 64;

/** All implementations take 32,768 bytes (RFC 4253 section 6.1). Data goes out in pieces of what a server says here, and 0 would never end. */
const LEAST_PACKET_BYTES = 1024;

/**
 * Ends a connection whose server sends more than a transfer can need: its error says what. ssh2 limits the length of a packet, and neither
 * their number nor what they ask for. To be called right after `connect`; where ssh2 is not as expected nothing is limited.
 */
export function limitPackets(client: Client, socket: Socket): void {
	const protocol: unknown = Reflect.get(client, '_protocol');
	if (typeof protocol !== 'object' || protocol === null) return;
	const pass: unknown = Reflect.get(protocol, '_onPayload');
	if (typeof pass !== 'function') return;
	const mayCome = counters(socket);
	let loginQuestions = 0;
	// ssh2 hands it to the ciphers of every key exchange; what it throws becomes the connection's error.
	Reflect.set(protocol, '_onPayload', (payload: Buffer): unknown => {
		mayCome(payload);
		if (payload[0] === PACKET.channelOpened) checkPacketSize(payload);
		if (payload[0] === PACKET.promptOrKeyAccepted) {
			loginQuestions++;
			if (loginQuestions > MOST_LOGIN_QUESTIONS) throw new ProtocolError('the server asks at login without end');
			if (isPrompting(protocol)) checkPrompts(payload);
		}
		// ssh2 would read each key and ask for a signature of each; the host key that counts is compared already.
		if (payload[0] === PACKET.globalRequest && isListOfKeys(payload)) return undefined;
		return Reflect.apply(pass, protocol, [payload]);
	});
}

/** Throws when there were more packets of one kind than a server may send. */
function counters(socket: Socket): (payload: Buffer) => void {
	const begun = performance.now();
	const counts = new Map<Allowance, number>();
	return (payload) => {
		const allowance = allowanceFor(payload);
		if (allowance === undefined) return;
		const count = (counts.get(allowance) ?? 0) + 1;
		counts.set(allowance, count);
		const { free, perSecond, bytesFor, message } = allowance;
		if (count <= free) return;
		const seconds = (performance.now() - begun) / 1000;
		if (count > free + seconds * perSecond + socket.bytesWritten / bytesFor) throw new ProtocolError(message);
	};
}

function allowanceFor(payload: Buffer): Allowance | undefined {
	switch (payload[0]) {
		case PACKET.keyExchange:
			return KEY_EXCHANGES;
		case PACKET.data:
		case PACKET.extendedData:
			return payload.length < SMALL_BYTES ? SMALL_PACKETS : undefined;
		case PACKET.ignore:
		case PACKET.unimplemented:
		case PACKET.windowAdjust:
		case undefined:
			return SMALL_PACKETS;
		default:
			return QUESTIONS;
	}
}

/** SSH_MSG_CHANNEL_OPEN_CONFIRMATION (RFC 4254 section 5.1): two channel numbers, the window, the packet size. */
function checkPacketSize(payload: Buffer): void {
	const at = 1 + 3 * 4;
	if (payload.length < at + 4) return;
	const bytes = payload.readUInt32BE(at);
	if (bytes < LEAST_PACKET_BYTES) throw new ProtocolError(`the server takes only ${bytes} bytes in one packet`);
}

/** OpenSSH tells the other host keys that it has (its PROTOCOL file, section 2.5); no answer is wanted. */
function isListOfKeys(payload: Buffer): boolean {
	return readSshStrings(payload.subarray(1), 1)?.[0]?.toString() === 'hostkeys-00@openssh.com';
}

/** Whether the login has come to prompts: this number has other meanings, too. */
function isPrompting(protocol: object): boolean {
	const methods: unknown = Reflect.get(protocol, '_authsQueue');
	return Array.isArray(methods) && methods[0] === 'keyboard-interactive';
}

/** SSH_MSG_USERAUTH_INFO_REQUEST (RFC 4256 section 3.2): name, instruction, language, the number of prompts. */
function checkPrompts(payload: Buffer): void {
	const fields = readSshStrings(payload.subarray(1), 3);
	const at = 1 + (fields ?? []).reduce((bytes, field) => bytes + 4 + field.length, 0);
	if (fields?.length !== 3 || payload.length < at + 4) return;
	const count = payload.readUInt32BE(at);
	if (count > MOST_PROMPTS) throw new ProtocolError(`the server asks ${count} things at once`);
}
