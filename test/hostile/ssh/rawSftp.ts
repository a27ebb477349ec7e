import type { Duplex } from 'node:stream';
import { message, string, uint32 } from './bytes';

/** Numbers of SFTP packets (draft-ietf-secsh-filexfer-02, section 3). */
export const REQUEST = {
	open: 3,
	close: 4,
	read: 5,
	write: 6,
	lstat: 7,
	fstat: 8,
	setstat: 9,
	opendir: 11,
	readdir: 12,
	remove: 13,
	mkdir: 14,
	rmdir: 15,
	realpath: 16,
	stat: 17,
	rename: 18,
	extended: 200,
} as const;

export const ANSWER = {
	version: 2,
	status: 101,
	handle: 102,
	data: 103,
	name: 104,
	attrs: 105,
	extended: 201,
} as const;

export interface Request {
	readonly type: number;
	readonly id: number;
	/** What follows the number of the request. */
	readonly body: Buffer;
}

/** The answer to a request, without its length; undefined for none. */
export type Respond = (request: Request) => Buffer | undefined;

export const status = (id: number, code: number): Buffer =>
	message(ANSWER.status, uint32(id), uint32(code), string('said so'), string(''));
export const answer = (type: number, id: number, ...parts: readonly Buffer[]): Buffer =>
	message(type, uint32(id), ...parts);

/** Extensions that most servers have. */
const EXTENSIONS = ['posix-rename@openssh.com', 'hardlink@openssh.com', 'statvfs@openssh.com'];
const versionOf = (extensions: readonly string[]) =>
	message(ANSWER.version, uint32(3), ...extensions.flatMap((name) => [string(name), string('1')]));

/** Speaks SFTP on a channel in its plainest form. */
export function serveRaw(channel: Duplex, respond: Respond, version = versionOf(EXTENSIONS)): void {
	let waiting = Buffer.alloc(0);
	channel.on('error', () => undefined);
	channel.on('data', (data: Buffer) => {
		waiting = Buffer.concat([waiting, data]);
		while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE()) {
			const packet = waiting.subarray(4, 4 + waiting.readUInt32BE());
			waiting = waiting.subarray(4 + packet.length);
			const type = packet[0] ?? 0;
			const isFirst = type === 1;
			const reply = isFirst ? version : respond({ type, id: packet.readUInt32BE(1), body: packet.subarray(5) });
			if (reply !== undefined) channel.write(string(reply));
		}
	});
}

/** A server that keeps what is written to it, in memory. */
export function polite(): Respond {
	const files = new Map<string, Buffer>();
	const handles = new Map<string, string>();
	const found = (id: number, name: string | undefined) => {
		const file = name === undefined ? undefined : files.get(name);
		if (name === '.') return answer(ANSWER.attrs, id, uint32(4), uint32(0o40755));
		return file === undefined ? status(id, 2) : answer(ANSWER.attrs, id, uint32(1), uint32(0), uint32(file.length));
	};
	const move = (id: number, from = '', to = '') => {
		const file = files.get(from);
		if (file === undefined) return status(id, 2);
		files.delete(from);
		files.set(to, file);
		return status(id, 0);
	};
	return ({ type, id, body }) => {
		const [first = '', second] = stringsIn(body);
		switch (type) {
			case REQUEST.open: {
				const flags = body.readUInt32BE(4 + Buffer.byteLength(first));
				if ((flags & 8) === 0 && !files.has(first)) return status(id, 2);
				if (!files.has(first)) files.set(first, Buffer.alloc(0));
				return opened(id, first);
			}
			case REQUEST.opendir:
				return opened(id, first);
			case REQUEST.close:
				handles.delete(first);
				return status(id, 0);
			case REQUEST.write: {
				const at = Number(body.readBigUInt64BE(4 + first.length));
				const data = body.subarray(4 + first.length + 8 + 4);
				const name = handles.get(first) ?? '';
				const old = files.get(name) ?? Buffer.alloc(0);
				const grown = Buffer.alloc(Math.max(old.length, at + data.length));
				old.copy(grown);
				data.copy(grown, at);
				files.set(name, grown);
				return status(id, 0);
			}
			case REQUEST.read: {
				const at = Number(body.readBigUInt64BE(4 + first.length));
				const bytes = body.readUInt32BE(4 + first.length + 8);
				const piece = files.get(handles.get(first) ?? '')?.subarray(at, at + bytes);
				return piece === undefined || piece.length === 0 ? status(id, 1) : answer(ANSWER.data, id, string(piece));
			}
			case REQUEST.lstat:
			case REQUEST.stat:
				return found(id, first);
			case REQUEST.fstat:
				return found(id, handles.get(first));
			case REQUEST.readdir:
				return status(id, 1);
			case REQUEST.remove:
				return status(id, files.delete(first) ? 0 : 2);
			case REQUEST.rename:
				return move(id, first, second);
			case REQUEST.extended:
				return first === EXTENSIONS[0] ? move(id, second, stringsIn(body)[2]) : status(id, 8);
			default:
				return status(id, 0);
		}
	};
	function opened(id: number, name: string): Buffer {
		const handle = `handle ${handles.size}-${id}`;
		handles.set(handle, name);
		return answer(ANSWER.handle, id, string(handle));
	}
}

/** The strings that a body begins with. */
function stringsIn(body: Buffer): string[] {
	const strings: string[] = [];
	for (let at = 0; at + 4 <= body.length && strings.length < 3; ) {
		const length = body.readUInt32BE(at);
		if (at + 4 + length > body.length) break;
		strings.push(body.toString('latin1', at + 4, at + 4 + length));
		at += 4 + length;
	}
	return strings;
}
