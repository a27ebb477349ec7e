import type { Socket } from 'node:net';
import { Client, type SFTPWrapper } from 'ssh2';
import { cancelled, WritebackError } from '../../errors';
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

type Fault = Error | null | undefined;

/** One SSH connection with one SFTP channel. */
export interface Session {
	/** Sends one request; rejects with the server's status, or as soon as the connection is lost or silent for `idleMs`. */
	tell(send: (sftp: SFTPWrapper, answer: (fault?: Fault) => void) => void): Promise<void>;
	/** The same for a request that is answered with a value. */
	ask<T>(send: (sftp: SFTPWrapper, answer: (fault: Fault, value: T) => void) => void): Promise<T>;
	/** Largest write the server takes in one request, in bytes. */
	readonly maxWriteBytes: number;
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
		const sftp = await ready(client, socket, server, signal);
		return started(client, socket, sftp, server);
	} catch (fault) {
		client.destroy();
		socket.destroy();
		throw fault;
	}
}

async function ready(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<SFTPWrapper> {
	const steps = loginSteps(server.username, server.login);
	return await new Promise((resolve, reject) => {
		const stop = () => reject(cancelled());
		const settle = (fault: unknown) => {
			signal.removeEventListener('abort', stop);
			if (fault !== undefined) reject(fault);
		};
		signal.addEventListener('abort', stop, { once: true });
		client.on('error', (fault) => settle(notConnected(fault, server, steps.accepted())));
		client.on('close', () => settle(notConnected(new Error('closed'), server, steps.accepted())));
		client.on('ready', () => {
			client.sftp((fault, sftp) => {
				settle(fault === undefined ? undefined : noSftp());
				if (fault === undefined) resolve(sftp);
			});
		});
		client.connect({
			sock: socket,
			username: server.username,
			authHandler: steps.next,
			readyTimeout: READY_MS,
			keepaliveInterval: Math.max(1000, Math.floor(server.idleMs / 3)),
			keepaliveCountMax: 3,
			algorithms: { serverHostKey: algorithms(server) },
			hostVerifier: (key: Buffer) => {
				const distrust = judge(key, server);
				if (distrust !== undefined) settle(distrust);
				return distrust === undefined;
			},
		});
	});
}

function algorithms({ hostKeys }: SftpServer) {
	return serverHostKeyAlgorithms(hostKeys === 'any' ? [] : hostKeys);
}

/** Why this host key is not to be trusted; undefined when it is. */
function judge(key: Buffer, { host, port, hostKeys }: SftpServer): WritebackError | undefined {
	if (hostKeys === 'any' || matches(hostKeys, key)) return undefined;
	return hostKeys.length === 0 ? hostKeyUnknown(host, port, key) : hostKeyMismatch(host, port, hostKeys, key);
}

function noSftp(): WritebackError {
	return new WritebackError('destinationLogin', 'The server lets this user in, but does not offer SFTP', {
		hint: "Ask the server's administrator to enable the SFTP subsystem for this user.",
	});
}

function started(client: Client, socket: Socket, sftp: SFTPWrapper, server: SftpServer): Session {
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
			if (pending.size > 0 && Date.now() - answeredAt >= server.idleMs)
				lose(interrupted(server, 'it answered nothing any more'));
		},
		Math.min(1000, server.idleMs / 4),
	);
	for (const emitter of [client, sftp]) {
		emitter.on('close', () => lose(interrupted(server, 'the connection was closed')));
		emitter.on('error', (fault: Error) => lose(interrupted(server, 'the connection broke', fault)));
	}
	const ask: Session['ask'] = async (send) =>
		await new Promise((resolve, reject) => {
			if (lost !== undefined) return reject(lost);
			if (pending.size === 0) answeredAt = Date.now();
			pending.add(reject);
			const settle = (fault: unknown) => {
				pending.delete(reject);
				if (fault) reject(fault);
			};
			try {
				send(sftp, (fault, value) => {
					answeredAt = Date.now();
					settle(fault);
					resolve(value);
				});
			} catch (fault) {
				settle(fault);
			}
		});
	return {
		ask,
		tell: async (send) => await ask<void>((channel, answer) => send(channel, (fault) => answer(fault, undefined))),
		maxWriteBytes: maxWrite(sftp),
		isLost: () => lost !== undefined,
		end: () => lose(interrupted(server, 'the connection was ended')),
	};
}

/** What SSH implementations have taken for ever (draft-ietf-secsh-filexfer-02, section 3), less the header. */
const SAFE_WRITE_BYTES = 31_952;

function maxWrite(sftp: SFTPWrapper): number {
	// ssh2 asks limits@openssh.com and keeps the answer to itself; without it every server but OpenSSH gets the safe size.
	const limit: unknown = Reflect.get(sftp, '_maxWriteLen');
	return typeof limit === 'number' && limit > 0 ? limit : SAFE_WRITE_BYTES;
}
