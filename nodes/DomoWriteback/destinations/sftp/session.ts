import type { Socket } from 'node:net';
import { type Algorithms, Client, type SFTPWrapper } from 'ssh2';
import { cancelled, WritebackError } from '../../errors';
import { type Channel, channelOf, type Waiting } from './channel';
import { speedUpCipher } from './cipherKeys';
import { connectSocket } from './connect';
import { hostKeyMismatch, type HostKeyPin, hostKeyUnknown, matches, serverHostKeyAlgorithms } from './hostKey';
import { type Login, loginSteps } from './login';
import { interrupted, notConnected } from './lost';

export interface SftpServer {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	readonly login: Login;
	/** Which host keys are trusted; `any` accepts every one. An empty list trusts none. */
	readonly hostKeys: readonly HostKeyPin[] | 'any';
	/** How long the server may owe an answer. */
	readonly idleMs: number;
}

/** One SSH connection. It is itself its first SFTP channel. */
export interface Session extends Channel {
	/** Opens another SFTP channel. Rejects when the server allows no more; the session goes on. */
	another(): Promise<Channel>;
	isLost(): boolean;
	/** Ends the connection. Requests still under way reject. */
	end(): void;
}

/** Connecting, key exchange and login together; DNS and slow directory servers included. */
const READY_MS = 30_000;

/**
 * Connects, checks the host key before anything secret is sent, logs in and opens SFTP. Rejects with `setting`, `hostKeyUnknown`,
 * `hostKeyMismatch`, `destinationLogin`, `destinationInterrupted`, or `cancelled`; no socket is left open.
 */
export async function openSession(server: SftpServer, signal: AbortSignal): Promise<Session> {
	const socket = await connectSocket(server, READY_MS, signal);
	const client = new Client();
	try {
		await loggedIn(client, socket, server, signal);
		return await started(client, socket, server, signal);
	} catch (fault) {
		client.destroy();
		socket.destroy();
		throw fault;
	}
}

async function loggedIn(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<void> {
	const steps = loginSteps(server.username, server.login);
	await new Promise<void>((resolve, reject) => {
		const stop = () => reject(cancelled());
		const settle = (done: () => void) => {
			signal.removeEventListener('abort', stop);
			done();
		};
		signal.addEventListener('abort', stop, { once: true });
		client.on('error', (fault) => settle(() => reject(notConnected(fault, server, steps.accepted()))));
		client.on('close', () => settle(() => reject(notConnected(new Error('closed'), server, steps.accepted()))));
		client.on('ready', () => settle(resolve));
		// Also after a re-keying, when ssh2 makes new ciphers.
		client.on('handshake', () => setImmediate(speedUpCipher, client));
		client.connect({
			sock: socket,
			username: server.username,
			authHandler: steps.next,
			readyTimeout: READY_MS,
			keepaliveInterval: Math.max(1000, Math.floor(server.idleMs / 3)),
			keepaliveCountMax: 3,
			algorithms: algorithms(server),
			hostVerifier: (key: Buffer) => {
				const distrust = judge(key, server);
				if (distrust !== undefined) settle(() => reject(distrust));
				return distrust === undefined;
			},
		});
	});
}

/** AES-GCM first: with AES in hardware it is the fastest that ssh2 has. */
function algorithms({ hostKeys }: SftpServer): Algorithms {
	return {
		cipher: [
			'aes128-gcm@openssh.com',
			'aes256-gcm@openssh.com',
			'aes128-ctr',
			'aes192-ctr',
			'aes256-ctr',
			'chacha20-poly1305@openssh.com',
		],
		serverHostKey: serverHostKeyAlgorithms(hostKeys === 'any' ? [] : hostKeys),
	};
}

/** Why this host key is not to be trusted; undefined when it is. */
function judge(key: Buffer, { host, port, hostKeys }: SftpServer): WritebackError | undefined {
	if (hostKeys === 'any' || matches(hostKeys, key)) return undefined;
	return hostKeys.length === 0 ? hostKeyUnknown(host, port, key) : hostKeyMismatch(host, port, hostKeys, key);
}

async function started(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<Session> {
	const { waiting, lose } = watched(client, socket, server);
	const open = async () => {
		const sftp = await openChannel(client, waiting);
		sftp.on('close', () => lose(interrupted(server, 'the SFTP channel was closed')));
		sftp.on('error', (fault: Error) => lose(interrupted(server, 'the SFTP channel broke', fault)));
		return channelOf(sftp, waiting);
	};
	const stop = () => lose(cancelled());
	signal.addEventListener('abort', stop, { once: true });
	try {
		return {
			...(await open()),
			another: open,
			isLost: () => waiting.lost() !== undefined,
			end: () => lose(interrupted(server, 'the connection was ended')),
		};
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

async function openChannel(client: Client, waiting: Waiting): Promise<SFTPWrapper> {
	return await new Promise((resolve, reject) => {
		waiting.add(reject);
		client.sftp((fault, sftp) => {
			waiting.answered(reject);
			if (fault) reject(noSftp());
			else resolve(sftp);
		});
	});
}

function noSftp(): WritebackError {
	return new WritebackError('destinationLogin', 'The server lets this user in, but does not offer SFTP', {
		hint: "Ask the server's administrator to enable the SFTP subsystem for this user.",
	});
}

/** Watches a connection: when it closes, breaks, or owes an answer for too long, all that wait are told once. */
function watched(client: Client, socket: Socket, server: SftpServer) {
	const pending = new Set<(fault: WritebackError) => void>();
	let lost: WritebackError | undefined;
	let answeredAt = Date.now();
	const lose = (fault: WritebackError) => {
		if (lost !== undefined) return;
		lost = fault;
		clearInterval(watch);
		for (const reject of pending) reject(fault);
		pending.clear();
		client.destroy();
		socket.destroy();
	};
	// SFTP can fall silent while SSH keepalives are still answered, so the answers themselves are watched.
	const watch = setInterval(
		() => {
			if (pending.size === 0 || Date.now() - answeredAt < server.idleMs) return;
			lose(interrupted(server, `it answered nothing for ${Math.round(server.idleMs / 1000)} seconds`));
		},
		Math.min(1000, server.idleMs / 4),
	);
	client.on('close', () => lose(interrupted(server, 'the connection was closed')));
	client.on('error', (fault: Error) => lose(interrupted(server, 'the connection broke', fault)));
	const waiting: Waiting = {
		add: (reject) => {
			if (pending.size === 0) answeredAt = Date.now();
			pending.add(reject);
		},
		answered: (reject) => {
			answeredAt = Date.now();
			pending.delete(reject);
		},
		lost: () => lost,
	};
	return { waiting, lose };
}
