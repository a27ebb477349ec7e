import type { SFTPWrapper } from 'ssh2';
import type { Block } from '../../../support/rechunk';

/** Of length, type, request ID, handle, offset and data length (draft-ietf-secsh-filexfer-02, 6.4). A handle has up to 256 bytes. */
const FIXED_BYTES = 4 + 1 + 4 + 4 + 8 + 4;
export const HEADER_BYTES = FIXED_BYTES + 256;

const WRITE = 6;

type Answer = (fault?: Error | null) => void;

/** ssh2 1.17's SFTP channel from inside (lib/protocol/SFTP.js). */
interface Inside {
	readonly outgoing: { readonly id: number; window: number; readonly packetSize: number; readonly state: string };
	readonly _protocol: { channelData(channel: number, data: Buffer): void };
	readonly _requests: Record<number, { readonly cb: Answer }>;
	_writeReqid: number;
	/** What waits until the server opens its window. */
	_buffer: Buffer[];
	_waitWindow: boolean;
	_chunkcb: (() => void) | undefined;
}

/**
 * Asks the server to write a block at an offset. The request is put together in front of the data, in the same memory, which stays
 * untouched until it is sent and answered; ssh2's own `write` makes a copy of everything first. False, with nothing asked, where ssh2 is not as
 * expected or the block has too little room in front.
 */
export function writeInPlace(sftp: SFTPWrapper, handle: Buffer, block: Block, at: number, answer: Answer): boolean {
	const inside: unknown = sftp;
	if (!isInside(inside) || block.before.length < FIXED_BYTES + handle.length) return false;
	inside._writeReqid = (inside._writeReqid + 1) >>> 0;
	inside._requests[inside._writeReqid] = { cb: answer };
	send(inside, framed(block, inside._writeReqid, handle, at));
	return true;
}

/** Whether a part of the block waits until the server opens its window. Each block has memory of its own. */
export function isUnsent(sftp: SFTPWrapper, { data }: Block): boolean {
	return unsentOf(sftp).some(({ buffer }) => buffer === data.buffer);
}

/** Lets go of a block's memory before its request is sent: what waits goes out as it is now, from a copy. */
export function copyUnsent(sftp: SFTPWrapper, { data }: Block): void {
	const waiting = unsentOf(sftp);
	for (const [index, payload] of waiting.entries())
		if (payload.buffer === data.buffer) waiting[index] = Buffer.from(payload);
}

function unsentOf(sftp: unknown): Buffer[] {
	return isInside(sftp) ? sftp._buffer : [];
}

function framed({ before, data }: Block, id: number, handle: Buffer, offset: number): Buffer {
	const header = before.subarray(before.length - FIXED_BYTES - handle.length);
	let to = header.writeUInt32BE(header.length - 4 + data.length);
	to = header.writeUInt8(WRITE, to);
	to = header.writeUInt32BE(id, to);
	to = header.writeUInt32BE(handle.length, to);
	to += handle.copy(header, to);
	to = header.writeUInt32BE(Math.floor(offset / 2 ** 32), to);
	to = header.writeUInt32BE(offset % 2 ** 32, to);
	header.writeUInt32BE(data.length, to);
	return Buffer.from(header.buffer, header.byteOffset, header.length + data.length);
}

function send(inside: Inside, payload: Buffer): void {
	const rest = inside._buffer.length > 0 ? payload : asWindowAllows(inside, payload);
	if (rest !== undefined) inside._buffer.push(rest);
}

/** What is left when the window is full; undefined when all is sent. */
function asWindowAllows(inside: Inside, payload: Buffer): Buffer | undefined {
	const { outgoing } = inside;
	if (outgoing.state !== 'open') return undefined;
	let sent = 0;
	while (sent < payload.length && outgoing.window > 0) {
		const bytes = Math.min(payload.length - sent, outgoing.window, outgoing.packetSize);
		outgoing.window -= bytes;
		inside._protocol.channelData(outgoing.id, payload.subarray(sent, sent + bytes));
		sent += bytes;
	}
	if (outgoing.window === 0) {
		inside._waitWindow = true;
		inside._chunkcb = () => drain(inside);
	}
	return sent === payload.length ? undefined : payload.subarray(sent);
}

function drain(inside: Inside): void {
	inside._chunkcb = undefined;
	const waiting = inside._buffer;
	for (const [index, payload] of waiting.entries()) {
		const rest = asWindowAllows(inside, payload);
		if (rest === undefined) continue;
		inside._buffer = [rest, ...waiting.slice(index + 1)];
		return;
	}
	inside._buffer = [];
}

function isInside(sftp: unknown): sftp is Inside {
	if (typeof sftp !== 'object' || sftp === null) return false;
	const [outgoing, protocol] = [Reflect.get(sftp, 'outgoing'), Reflect.get(sftp, '_protocol')];
	const counts = [Reflect.get(sftp, '_writeReqid'), Reflect.get(Object(outgoing), 'window')];
	return (
		counts.every((count) => typeof count === 'number') &&
		typeof Reflect.get(Object(protocol), 'channelData') === 'function' &&
		Array.isArray(Reflect.get(sftp, '_buffer')) &&
		typeof Reflect.get(sftp, '_requests') === 'object'
	);
}
