import { type CipherGCM, createCipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import type { CopyingSocket } from './coalescingSocket';
import { freeBuffer } from '../../../support/memory';

/** ssh2 1.17's AES-GCM for one direction (lib/protocol/crypto.js, AESGCMCipherNative). */
interface GcmCipher {
	readonly _encKey: Buffer;
	readonly _encIV: Buffer;
	readonly _encSSLName: string;
	outSeqno: number;
	/** A packet with its length and padding, the payload still to come at byte 5. */
	allocPacket(payloadBytes: number): Buffer;
	encrypt(packet: Buffer): void;
}

const LENGTH_BYTES = 4;
const PAYLOAD_AT = 5;
const AES_BLOCK = 16;
const LEAST_PADDING = 4;

/** More than any packet: channels of ssh2 and OpenSSH carry 32 KiB in one. */
const SCRATCH_BYTES = 64 * 1024;

/** Enough random padding for some hundred packets. */
const PADDING_BYTES = 8 * 1024;

/**
 * Lets ssh2's AES-GCM work without leaving garbage behind: packets are built in one place that is used again, and what was
 * encrypted is given back as soon as it is written. ssh2's own way allocates every byte twice, which makes V8 search all of n8n's heap
 * again and again. Keys become KeyObjects, because Node ≥ 22 looks long at one that is a Buffer, for every packet. Where ssh2 is not as expected nothing changes; after a re-keying, call it again.
 */
export function useGcmCipher(client: Client, socket: CopyingSocket): void {
	const protocol = Object(Reflect.get(client, '_protocol'));
	speedUpOpening(Reflect.get(protocol, '_decipher'));
	speedUpSealing(Reflect.get(protocol, '_cipher'), socket);
}

function speedUpOpening(decipher: unknown): void {
	const key: unknown = Reflect.get(Object(decipher), '_decipherKey');
	if (isObject(decipher) && Buffer.isBuffer(key)) Reflect.set(decipher, '_decipherKey', createSecretKey(key));
}

function speedUpSealing(cipher: unknown, socket: CopyingSocket): void {
	if (!isGcm(cipher)) return;
	const key = createSecretKey(cipher._encKey);
	cipher.allocPacket = packetsIn(Buffer.allocUnsafeSlow(SCRATCH_BYTES));
	cipher.encrypt = (packet) => {
		if (!socket.writable) return;
		const aes = gcm(cipher, key);
		const length = packet.subarray(0, LENGTH_BYTES);
		aes.setAAD(length);
		const sealed = aes.update(packet.subarray(LENGTH_BYTES));
		aes.final();
		// A copying socket is done with them when `write` returns.
		socket.write(length);
		socket.write(sealed);
		freeBuffer(sealed);
		socket.write(aes.getAuthTag());
		countUp(cipher._encIV);
		cipher.outSeqno = (cipher.outSeqno + 1) >>> 0;
	};
}

/** Lays out packets (RFC 4253, section 6; RFC 5647, section 7.2: the length is not encrypted). Each is over before the next one. */
function packetsIn(scratch: Buffer): (payloadBytes: number) => Buffer {
	let [padding, used] = [randomBytes(PADDING_BYTES), 0];
	return (payloadBytes) => {
		const short = AES_BLOCK - ((1 + payloadBytes) % AES_BLOCK);
		const padded = short < LEAST_PADDING ? short + AES_BLOCK : short;
		const bytes = PAYLOAD_AT + payloadBytes + padded;
		const packet = bytes <= scratch.length ? scratch.subarray(0, bytes) : Buffer.allocUnsafeSlow(bytes);
		packet.writeUInt32BE(bytes - LENGTH_BYTES);
		packet[LENGTH_BYTES] = padded;
		if (used + padded > padding.length) [padding, used] = [randomBytes(PADDING_BYTES), 0];
		used += padding.copy(packet, PAYLOAD_AT + payloadBytes, used, used + padded);
		return packet;
	};
}

function gcm({ _encSSLName: name, _encIV: iv }: GcmCipher, key: KeyObject): CipherGCM {
	return name === 'aes-256-gcm' ? createCipheriv(name, key, iv) : createCipheriv('aes-128-gcm', key, iv);
}

/** The last eight bytes are a counter (RFC 5647, section 7.1). */
function countUp(iv: Buffer): void {
	for (let index = iv.length - 1; index >= LENGTH_BYTES; index--) {
		const next = ((iv[index] ?? 0) + 1) & 0xff;
		iv[index] = next;
		if (next !== 0) return;
	}
}

function isGcm(cipher: unknown): cipher is GcmCipher {
	if (!isObject(cipher)) return false;
	const isKnown = /^aes-(128|256)-gcm$/.test(String(Reflect.get(cipher, '_encSSLName')));
	const complete = Buffer.isBuffer(Reflect.get(cipher, '_encKey')) && Buffer.isBuffer(Reflect.get(cipher, '_encIV'));
	return isKnown && complete && typeof Reflect.get(cipher, 'allocPacket') === 'function';
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
