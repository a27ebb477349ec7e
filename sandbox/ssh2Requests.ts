import type { Attributes, SFTPWrapper } from 'ssh2';
import type { Habit } from './habits/habit';
import { BY_HANDLE, BY_PATH, openFolder, type Reply } from './ssh2Disk';

/** A request as a test sees it. */
export interface SftpRequest {
	/** OPEN, WRITE, RENAME, … as ssh2 calls it, POSIX-RENAME and HARDLINK; RENAME-TRIED and so on where the new name is a part file's, which only a trial asks for. */
	readonly name: string;
	/** The paths it names, as the client wrote them; empty for requests on an open file. */
	readonly paths: readonly string[];
}

/**
 * Instead of doing what is asked: an SFTP status (0 to 8), an end of the connection, of the channel, or no answer at all; `replyLost` does
 * it and then ends the connection; a size makes a file look as large, and `without` leaves attributes out of the answer. Undefined lets the
 * request pass.
 */
export type Instead =
	| number
	| 'disconnect'
	| 'closeChannel'
	| 'silence'
	| 'replyLost'
	| { readonly size: number }
	| { readonly without: ReadonlyArray<keyof Attributes> }
	| undefined;

/** May take its time; meanwhile other requests are done, as some servers do. */
export type Refuse = (request: SftpRequest) => Instead | Promise<Instead>;

/** How a server differs from one that does what it is asked. */
export interface Misbehaviour {
	/** What goes wrong, request by request. */
	readonly refuse?: Refuse | undefined;
	/** Whether a plain RENAME takes the place of a file that is there; it fails when absent, as in OpenSSH. */
	readonly renameReplaces?: boolean | undefined;
	/** The status that stands for "not there"; 2, as SFTP has it, when absent. */
	readonly missing?: number | undefined;
	/** Extensions that the server says it has; none when absent, as in ssh2 itself. */
	readonly extensions?: readonly Extension[] | undefined;
	/** What it does otherwise with files, the innermost first; see habits/. */
	readonly habits?: readonly Habit[] | undefined;
}

export type Extension = 'posix-rename@openssh.com' | 'hardlink@openssh.com';

const OK = 0;
const FAILURE = 4;
const UNSUPPORTED = 8;

const NO_SUCH_FILE = 2;

/** Each as a test sees it. */
const EXTENSIONS = { 'posix-rename@openssh.com': 'POSIX-RENAME', 'hardlink@openssh.com': 'HARDLINK' } as const;

const isTrial = (to: string) => /\.[0-9a-f]{12}\.part(?:\.|$)/.test(to);

/** Answers a channel's requests from a folder on disk. */
export function serveFolder(
	sftp: SFTPWrapper,
	root: string,
	disconnect: () => void,
	{ refuse = () => undefined, renameReplaces, missing = NO_SUCH_FILE, extensions = [], habits = [] }: Misbehaviour = {},
): void {
	const folder = habits.reduce((inner, habit) => habit(inner), openFolder(root, renameReplaces));
	const answer = async (id: number, request: SftpRequest, work: () => Promise<Reply>) => {
		const refused = await refuse(request);
		if (refused === 'silence') return;
		if (refused === 'disconnect') return disconnect();
		if (refused === 'closeChannel') return void sftp.end();
		if (typeof refused === 'number') return send(sftp, id, { status: refused });
		const done = await work();
		const reply = 'status' in done && done.status === NO_SUCH_FILE ? { status: missing } : done;
		if (refused === 'replyLost') return disconnect();
		send(sftp, id, typeof refused === 'object' && 'attrs' in reply ? changed(reply, refused) : reply);
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
	const twoPaths = (id: number, name: string, from: string, to: string, work: () => Promise<Reply>) =>
		void answer(id, { name: isTrial(to) ? `${name}-TRIED` : name, paths: [from, to] }, work);
	sftp.on('RENAME', (id, from, to) => {
		twoPaths(id, 'RENAME', from, to, async () => await folder.RENAME(from, to));
	});
	sftp.on('EXTENDED', (id, name, data) => {
		const offered = extensions.find((extension) => extension === name);
		if (offered === undefined) return send(sftp, id, { status: UNSUPPORTED });
		const [from, to] = twoStrings(data);
		const work = offered === 'hardlink@openssh.com' ? folder.link : folder.replace;
		twoPaths(id, EXTENSIONS[offered], from, to, async () => await work(from, to));
	});
	sftp.on('close', () => void folder.closeAll());
}

function changed({ attrs }: { readonly attrs: Attributes }, how: Exclude<Instead, string | number | undefined>): Reply {
	if ('size' in how) return { attrs: { ...attrs, size: how.size } };
	const less = { ...attrs };
	for (const name of how.without) Reflect.deleteProperty(less, name);
	return { attrs: less };
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

/** SSH_FXP_VERSION 3 (draft-ietf-secsh-filexfer-02, section 4) with extensions. */
function versionPacket(extensions: readonly Extension[]): Buffer {
	const text = (value: string) => {
		const bytes = Buffer.alloc(4 + value.length, value);
		bytes.writeUInt32BE(value.length);
		bytes.write(value, 4);
		return bytes;
	};
	const body = Buffer.concat([Buffer.from([2, 0, 0, 0, 3]), ...extensions.flatMap((name) => [text(name), text('1')])]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	return Buffer.concat([length, body]);
}

/** ssh2's server offers no extensions and has no way to; its first packet, the version, is swapped for one that does. */
export function advertise(sftp: SFTPWrapper, extensions: readonly Extension[]): void {
	onNextPacket(sftp, () => versionPacket(extensions));
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
