import type { Client, SFTPWrapper } from 'ssh2';
import { separateAnswers } from './sftpAnswers';

/** What a server says while an SFTP channel is opened, beside SFTP itself. */
export interface StartNotes {
	/** Text on the channel in place of SFTP's first packet; empty when there was none. */
	text: string;
	/** What the server's program wrote to its error output. */
	errors: string;
	/** How the server's program ended: its exit code, or the name of a signal; undefined while it runs. */
	exit?: number | string;
	isClosed: boolean;
}

/** Longest piece that is kept. */
const MOST_CHARACTERS = 1000;

/** Of the length that every SFTP packet begins with. */
const LENGTH_BYTES = 4;

/** How long a program that prints text may take to end by itself; less than the shortest Idle Timeout, which has no words for it. */
const END_MS = 500;

/**
 * Opens an SFTP channel. A server that sends text in place of SFTP (a login script, a forced command) is listened to until it closes the
 * channel, or for half a second; then the promise rejects as it does for every other refusal, with `notes` filled.
 */
export async function openSftpSubsystem(client: Client, notes: StartNotes): Promise<SFTPWrapper> {
	return await new Promise((resolve, reject) => {
		let opened: object | undefined;
		let push: unknown;
		const refuse = (fault: unknown) => {
			const settle = () => reject(fault);
			if (opened === undefined || notes.isClosed) return settle();
			const timer = setTimeout(settle, END_MS);
			on(opened, 'close', () => {
				clearTimeout(timer);
				// The last words may come with it.
				setImmediate(settle);
			});
		};
		const onChannel = (channel: object) => {
			opened = channel;
			separateAnswers(channel);
			push = Reflect.get(channel, 'push');
			listen(channel, notes, () => refuse(new Error('Text in place of SFTP')));
		};
		onOpened(client, onChannel, () => {
			client.sftp((fault, sftp) => {
				if (fault) return refuse(fault);
				if (opened !== undefined) Reflect.set(sftp, 'push', push);
				resolve(sftp);
			});
		});
	});
}

type Callback = (fault: unknown, channel?: unknown) => void;

/** Runs `open`, which asks for one channel at once, and gets that channel before anything arrives on it. ssh2 hands it out only once SFTP runs. */
function onOpened(client: Client, onChannel: (channel: object) => void, open: () => void): void {
	const manager = Object(Reflect.get(client, '_chanMgr'));
	const add: unknown = Reflect.get(manager, 'add');
	if (typeof add !== 'function') return open();
	const received = (callback: Callback): Callback =>
		Object.assign((fault: unknown, channel?: unknown) => {
			if (typeof channel === 'object' && channel !== null) onChannel(channel);
			callback(fault, channel);
		}, callback);
	Reflect.set(manager, 'add', (callback: Callback) => Reflect.apply(add, manager, [received(callback)]));
	try {
		open();
	} finally {
		Reflect.deleteProperty(manager, 'add');
	}
}

/** Notes what arrives on a channel, until SFTP has begun. `onText` runs once, at the first bytes that are no SFTP packet. */
function listen(channel: object, notes: StartNotes, onText: () => void): void {
	const push: unknown = Reflect.get(channel, 'push');
	if (typeof push !== 'function') return;
	let begun = Buffer.alloc(0);
	let kind: 'unknown' | 'sftp' | 'text' = 'unknown';
	let isTold = false;
	const onData = (data: Buffer | null): unknown => {
		if (data === null || kind === 'sftp') return Reflect.apply(push, channel, [data]);
		begun = Buffer.concat([begun, data]);
		if (kind === 'unknown' && begun.length >= LENGTH_BYTES) kind = isPacket(begun) ? 'sftp' : 'text';
		if (kind === 'sftp') return Reflect.apply(push, channel, [begun]);
		begun = begun.subarray(0, 4 * MOST_CHARACTERS);
		if (kind === 'text' && !isTold) setImmediate(onText);
		isTold = kind === 'text';
		notes.text = wordsOf(begun);
		return true;
	};
	Reflect.set(channel, 'push', onData);
	// ssh2 has no place for an error output beside SFTP.
	const errors = (data: Buffer | null) => {
		if (data !== null) notes.errors = (notes.errors + data.toString()).slice(0, MOST_CHARACTERS);
		return true;
	};
	Reflect.set(channel, 'stderr', { ...Object(Reflect.get(channel, 'stderr')), push: errors });
	on(channel, 'exit', (code, signal) => {
		const exit = typeof code === 'number' ? code : signal;
		if (typeof exit === 'number' || typeof exit === 'string') notes.exit = exit;
	});
	on(channel, 'close', () => void (notes.isClosed = true));
	// Until another listener is added: an 'error' without a listener ends the process.
	on(channel, 'error', () => undefined);
}

/** A packet begins with its length, and SFTP's first one is short (draft-ietf-secsh-filexfer-02, section 3). */
function isPacket(bytes: Buffer): boolean {
	return bytes.readUInt32BE() < 256 * 1024;
}

/** Text up to where SFTP's own bytes begin. */
function wordsOf(bytes: Buffer): string {
	const end = bytes.indexOf(0);
	return bytes
		.subarray(0, end < 0 ? undefined : end)
		.toString()
		.slice(0, MOST_CHARACTERS);
}

function on(channel: object, event: string, listener: (...values: unknown[]) => void): void {
	const listen: unknown = Reflect.get(channel, 'on');
	if (typeof listen === 'function') Reflect.apply(listen, channel, [event, listener]);
}
