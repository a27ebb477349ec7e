import type { SFTPWrapper } from 'ssh2';
import type { Habit } from './habits/habit';
import { BY_HANDLE, BY_PATH, openFolder, type Reply } from './ssh2Disk';

/** A request as a test sees it. */
export interface SftpRequest {
	/** OPEN, WRITE, RENAME, … as ssh2 calls it, and POSIX-RENAME. */
	readonly name: string;
	/** The paths it names, as the client wrote them; empty for requests on an open file. */
	readonly paths: readonly string[];
}

/**
 * Instead of doing what is asked: an SFTP status (0 to 8), an end of the connection, of the channel, or no answer at all; `replyLost` does
 * it and then ends the connection; a size makes a file look as large. Undefined lets the request pass.
 */
export type Instead =
	| number
	| 'disconnect'
	| 'closeChannel'
	| 'silence'
	| 'replyLost'
	| { readonly size: number }
	| undefined;

/** May take its time; meanwhile other requests are done, as some servers do. */
export type Refuse = (request: SftpRequest) => Instead | Promise<Instead>;

/** How a server differs from one that does what it is asked. */
export interface Misbehaviour {
	/** What goes wrong, request by request. */
	readonly refuse?: Refuse | undefined;
	/** Whether a plain RENAME takes the place of a file that is there; it fails when absent, as in OpenSSH. */
	readonly renameReplaces?: boolean | undefined;
	/** What it does otherwise with files, the innermost first; see habits/. */
	readonly habits?: readonly Habit[] | undefined;
}

const OK = 0;
const FAILURE = 4;
const UNSUPPORTED = 8;

const POSIX_RENAME = 'posix-rename@openssh.com';

/** Answers a channel's requests from a folder on disk. */
export function serveFolder(
	sftp: SFTPWrapper,
	root: string,
	disconnect: () => void,
	{ refuse = () => undefined, renameReplaces, habits = [] }: Misbehaviour = {},
): void {
	const folder = habits.reduce((inner, habit) => habit(inner), openFolder(root, renameReplaces));
	const answer = async (id: number, request: SftpRequest, work: () => Promise<Reply>) => {
		const refused = await refuse(request);
		if (refused === 'silence') return;
		if (refused === 'disconnect') return disconnect();
		if (refused === 'closeChannel') return void sftp.end();
		if (typeof refused === 'number') return send(sftp, id, { status: refused });
		const reply = await work();
		if (refused === 'replyLost') return disconnect();
		send(sftp, id, typeof refused === 'object' && 'attrs' in reply ? withSize(reply, refused.size) : reply);
	};
	for (const name of BY_PATH) {
		sftp.on(name, (id: number, path: string, ...rest: unknown[]) => {
			void answer(id, { name, paths: [path] }, async () => await folder[name](path, ...rest));
		});
	}
	for (const name of BY_HANDLE) {
		sftp.on(name, (id: number, handle: Buffer, ...rest: unknown[]) => {
			void answer(id, { name, paths: [] }, async () => await folder[name](handle, ...rest));
		});
	}
	sftp.on('RENAME', (id, from, to) => {
		void answer(id, { name: 'RENAME', paths: [from, to] }, async () => await folder.RENAME(from, to));
	});
	sftp.on('EXTENDED', (id, name, data) => {
		if (name !== POSIX_RENAME) return send(sftp, id, { status: UNSUPPORTED });
		const [from, to] = twoStrings(data);
		void answer(id, { name: 'POSIX-RENAME', paths: [from, to] }, async () => await folder.replace(from, to));
	});
	sftp.on('close', () => void folder.closeAll());
}

function withSize({ attrs }: Extract<Reply, { readonly attrs: unknown }>, size: number): Reply {
	return { attrs: { ...attrs, size } };
}

function send(sftp: SFTPWrapper, id: number, reply: Reply): void {
	if ('handle' in reply) sftp.handle(id, reply.handle);
	else if ('data' in reply) sftp.data(id, reply.data);
	else if ('attrs' in reply) sftp.attrs(id, reply.attrs);
	else if ('names' in reply) sftp.name(id, [...reply.names]);
	else sendStatus(sftp, id, reply.status ?? OK, reply.message);
}

/** Where a status stands in its packet, behind the length, the type and the request's number. */
const STATUS_AT = 9;

/** ssh2's server knows no status above 8; a later version's takes the place of FAILURE on its way out. */
function sendStatus(sftp: SFTPWrapper, id: number, status: number, message: string | undefined): void {
	if (status <= UNSUPPORTED) return sftp.status(id, status, message);
	const restore = onNextPacket(sftp, (packet) => {
		packet.writeUInt32BE(status, STATUS_AT);
		return packet;
	});
	sftp.status(id, FAILURE, message);
	restore();
}

function twoStrings(data: Buffer): [string, string] {
	const length = data.readUInt32BE(0);
	return [data.toString('utf8', 4, 4 + length), data.toString('utf8', 8 + length)];
}

/** SSH_FXP_VERSION 3 (draft-ietf-secsh-filexfer-02, section 4) with one extension. */
function versionPacket(): Buffer {
	const text = (value: string) => {
		const bytes = Buffer.alloc(4 + value.length, value);
		bytes.writeUInt32BE(value.length);
		bytes.write(value, 4);
		return bytes;
	};
	const body = Buffer.concat([Buffer.from([2, 0, 0, 0, 3]), text(POSIX_RENAME), text('1')]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	return Buffer.concat([length, body]);
}

/** ssh2's server offers no extensions and has no way to; its first packet, the version, is swapped for one that does. */
export function advertisePosixRename(sftp: SFTPWrapper): void {
	onNextPacket(sftp, versionPacket);
}

/** Changes the next packet that goes out; call the result to leave it as it is after all. */
function onNextPacket(sftp: SFTPWrapper, change: (packet: Buffer) => Buffer): () => void {
	const protocol: { channelData(id: number, data: Buffer): void } = Reflect.get(sftp, '_protocol');
	const restore = () => void Reflect.set(sftp, '_protocol', protocol);
	const changing = {
		channelData: (id: number, packet: Buffer) => {
			restore();
			protocol.channelData(id, change(packet));
		},
	};
	Reflect.set(sftp, '_protocol', changing);
	return restore;
}
