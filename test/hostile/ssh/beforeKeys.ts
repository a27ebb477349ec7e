import type { Socket } from 'node:net';
import { keyExchangeInit, message, mpint, plainPacket, string, uint32 } from './bytes';

/** What a server does with a connection before keys are exchanged. */
export type Script = (socket: Socket) => void;

const IDENT = Buffer.from('SSH-2.0-Hostile\r\n');

/** Sends the same bytes for as long as the client takes them. */
function floodSocket(socket: Socket, bytes: Buffer): void {
	const more = () => {
		while (!socket.destroyed && socket.write(bytes));
	};
	socket.on('drain', more);
	more();
}

const repeated = (bytes: Buffer): Buffer => Buffer.concat(new Array<Buffer>(1000).fill(bytes));
const sends =
	(...pieces: readonly Buffer[]): Script =>
	(socket) => {
		socket.write(Buffer.concat(pieces));
	};

/** Answers the key exchange with a host key, a public value and a signature that only look like some. */
function replies(
	init: Parameters<typeof keyExchangeInit>[0],
	hostKey: Buffer,
	value: Buffer,
	signature: Buffer,
): Script {
	const reply = message(31, string(hostKey), string(value), string(signature));
	const packets = [keyExchangeInit(init), reply, message(21)].map(plainPacket);
	return sends(IDENT, ...packets);
}

const POINT = Buffer.alloc(32, 9);
const ED25519 = Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(32, 7))]);
const SIGNED = Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(64, 1))]);

const rsaKey = (modulus: bigint, exponent: bigint) =>
	Buffer.concat([string('ssh-rsa'), mpint(exponent), mpint(modulus)]);
const rsa = (bits: number, exponent: bigint, signatureBytes = bits / 8): Script =>
	replies(
		{ signedBy: 'rsa-sha2-512' },
		rsaKey(2n ** BigInt(bits) - 159n, exponent),
		POINT,
		Buffer.concat([string('rsa-sha2-512'), string(Buffer.alloc(signatureBytes, 1))]),
	);
const ecdsa = (point: Buffer): Script =>
	replies(
		{ signedBy: 'ecdsa-sha2-nistp521' },
		Buffer.concat([string('ecdsa-sha2-nistp521'), string('nistp521'), string(point)]),
		POINT,
		Buffer.concat([string('ecdsa-sha2-nistp521'), string(Buffer.concat([mpint(3n), mpint(5n)]))]),
	);
const value = (kex: string, bytes: Buffer): Script => replies({ kex }, ED25519, bytes, SIGNED);

/** 2^4253 − 1 is a Mersenne prime; Node's test for it takes many seconds. */
const group = (prime: bigint): Script => {
	const packets = [
		keyExchangeInit({ kex: 'diffie-hellman-group-exchange-sha256' }),
		message(31, mpint(prime), mpint(2n)),
	];
	return sends(IDENT, ...packets.map(plainPacket));
};

const LONG_LIST = Array.from({ length: 3_000 }, (_, at) => `algo${at}`).join(',');

export const BEFORE_KEYS: Readonly<Record<string, Script>> = {
	'a group whose prime takes long to test': group(2n ** 4253n - 1n),
	'a group of 512 bits': group(2n ** 512n - 38_117n),
	'compression alone': sends(IDENT, plainPacket(keyExchangeInit({ compression: 'zlib' }))),
	'lists of algorithms as long as a packet': sends(IDENT, plainPacket(keyExchangeInit({ kex: LONG_LIST }))),
	'commas in place of algorithms': sends(IDENT, plainPacket(keyExchangeInit({ kex: ','.repeat(34_000) }))),
	'a packet of 4 GiB': sends(IDENT, Buffer.alloc(4096, 0xff)),
	'packets without end before keys are exchanged': (socket) => {
		socket.write(Buffer.concat([IDENT, plainPacket(keyExchangeInit({}))]));
		floodSocket(socket, repeated(plainPacket(message(2, string('')))));
	},
	'empty packets without end before keys are exchanged': (socket) => {
		socket.write(IDENT);
		floodSocket(socket, repeated(plainPacket(Buffer.alloc(0))));
	},
	'a first line without end': (socket) => floodSocket(socket, Buffer.alloc(65_536, 'x')),
	'first lines without end': (socket) => floodSocket(socket, Buffer.from('hello\r\n'.repeat(9_000))),
	'an RSA host key of 16,384 bits': rsa(16_384, 65_537n),
	'an RSA host key of 250,000 bits': rsa(250_000, 65_537n, 512),
	'an RSA host key with an exponent of 3,072 bits': rsa(3_072, 2n ** 3_072n - 1_161n),
	'an RSA host key with an exponent of 16,000 bits': rsa(16_384, 2n ** 16_000n - 1n),
	'an RSA host key of nothing': rsa(8, 0n, 0),
	'an elliptic host key that is no point': ecdsa(Buffer.alloc(133, 4)),
	'an elliptic host key of 30,000 bytes': ecdsa(Buffer.alloc(30_000, 4)),
	'an Ed25519 host key of 30,000 bytes': replies(
		{},
		Buffer.concat([string('ssh-ed25519'), string(Buffer.alloc(30_000, 7))]),
		POINT,
		SIGNED,
	),
	'a host key that ends early': replies({}, Buffer.concat([string('ssh-ed25519'), uint32(4e9)]), POINT, SIGNED),
	'a Curve25519 value of zeros': value('curve25519-sha256', Buffer.alloc(32)),
	'a Curve25519 value of no bytes': value('curve25519-sha256', Buffer.alloc(0)),
	'a Curve25519 value of 30,000 bytes': value('curve25519-sha256', Buffer.alloc(30_000, 1)),
	'a value that is no point of its curve': value('ecdh-sha2-nistp521', Buffer.alloc(133, 4)),
	'the point at infinity': value('ecdh-sha2-nistp256', Buffer.alloc(1)),
	'a Diffie-Hellman value of 0': value('diffie-hellman-group14-sha256', Buffer.alloc(1)),
	'a Diffie-Hellman value of 1': value('diffie-hellman-group14-sha256', Buffer.from([1])),
	'a Diffie-Hellman value of 8,192 bits': value('diffie-hellman-group18-sha512', Buffer.alloc(1024, 0x7e)),
	'a Diffie-Hellman value of 240,000 bits': value('diffie-hellman-group18-sha512', Buffer.alloc(30_000, 0x7e)),
	'a signature of nothing': replies({}, ED25519, POINT, Buffer.alloc(0)),
	'a signature that ends early': replies({}, ED25519, POINT, Buffer.concat([string('ssh-ed25519'), uint32(4e9)])),
};
