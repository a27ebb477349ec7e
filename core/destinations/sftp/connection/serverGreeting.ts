import type { Socket } from 'node:net';

/** What a server sends before the key exchange: `SSH-2.0-…`, perhaps after other lines (RFC 4253 section 4.2). */
export interface Greeting {
	/** Whether anything arrived. */
	isEmpty(): boolean;
	/** Whether the line that begins with `SSH-` arrived. */
	isSsh(): boolean;
	/** What arrived, up to 1 KiB. */
	text(): string;
	/** The service it belongs to when that isn't SSH, e.g. `a web server`; undefined when nothing tells. */
	otherService(): string | undefined;
	/** Stops listening. */
	end(): void;
}

const MOST_BYTES = 1024;

const OTHER_SERVICES: ReadonlyArray<readonly [start: RegExp, name: string]> = [
	[/^HTTP\/\d|^\s*<(?:!doctype|html|\?xml)/iu, 'a web server'],
	[/^220[ -].*(?:smtp|mail)/iu, 'a mail server'],
	[/^220[ -]/u, 'an FTP server'],
	[/^(?:\* (?:OK|BYE)|\+OK|-ERR)\b/u, 'a mail server'],
	[/^RFB \d/u, 'a VNC server'],
];

/** Listens to the first bytes beside whatever else reads the socket; `onOther` runs as soon as they are those of another service. */
export function readGreeting(socket: Socket, onOther: () => void): Greeting {
	let received = Buffer.alloc(0);
	const text = () => received.toString('latin1');
	const isSsh = () => /^SSH-/mu.test(text());
	const otherService = () => {
		if (isSsh()) return undefined;
		return isTls(received) ? 'a TLS server' : OTHER_SERVICES.find(([start]) => start.test(text()))?.[1];
	};
	const onData = (chunk: Buffer) => {
		received = Buffer.concat([received, chunk]).subarray(0, MOST_BYTES);
		if (otherService() !== undefined) onOther();
		if (isSsh() || received.length === MOST_BYTES) end();
	};
	const end = () => void socket.removeListener('data', onData);
	socket.on('data', onData);
	return { isEmpty: () => received.length === 0, isSsh, text: () => received.toString(), otherService, end };
}

/** A TLS record begins so: an alert or a handshake, then the version (RFC 8446 section 5.1). */
function isTls(bytes: Buffer): boolean {
	return (bytes[0] === 21 || bytes[0] === 22) && bytes[1] === 3;
}
