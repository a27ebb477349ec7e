import type { Socket } from 'node:net';
import type { Client, ConnectConfig } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import { hostKeyMismatch, type HostKeyPin, hostKeyUnknown, matches } from '../keys/hostKey';
import { prepareCiphers } from '../ssh2Internals';
import { algorithms } from './algorithms';
import { type Login, type LoginSteps, loginSteps, signAtOnce } from './authHandler';
import type { LoginAttempt } from './loginAttempt';
import { CLOSED, notConnected, unanswerable } from './loginErrors';
import { limitPackets } from './packetLimits';
import type { Demand } from './prompts';
import { offeredSignatures } from './rsaSignatures';
import { readGreeting } from './serverGreeting';
import { redactFault, redactGreeting, redactProgress } from './serverText';
import { connectClient, type HandOver } from './sftpClient';
import { onAbort } from '../../../support/abort';
import { cancelled, type WritebackError } from '../../../support/errors';
import type { Owner } from '../../../support/fairSemaphore';
import type { Redact } from '../../../support/redact/redactor';
import type { EgressPolicy } from '../../egressPolicy';

/** Where to log in, and as whom. */
export interface SftpServerOptions {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	readonly login: Login;
	/** Which host keys are trusted; `any` accepts every one. An empty list trusts none. */
	readonly hostKeys: readonly HostKeyPin[] | 'any';
	/** Whether algorithms that rest on SHA-1 are agreed to as well. */
	readonly legacyAlgorithms: boolean;
	/** How long the server may owe an answer. */
	readonly idleMs: number;
	readonly egress: EgressPolicy;
	/** Tells this login from others of the same user name; what a server shows one of them says nothing to another. */
	readonly loginId?: string;
	/** The execution that logs in; each has a share of the logins to one server. */
	readonly owner?: Owner;
	/** Clears what the server says of secrets; nothing is cleared when absent. */
	readonly redact?: Redact;
}

/** Connecting, key exchange and login together; DNS and slow directory servers included. */
export const READY_MS = 30_000;

/** Exchanges keys, checks the host key before anything secret is sent, and logs in; the first channel is still to be opened. Rejects with the reason, or `cancelled`; the caller ends the client then. */
export async function logIn(
	sftpClient: SftpClient,
	socket: Socket,
	server: SftpServerOptions,
	signal: AbortSignal,
): Promise<HandOver> {
	if (signal.aborted) throw cancelled();
	const { client } = sftpClient;
	return await new Promise<HandOver>((resolve, reject) => {
		let isSettled = false;
		const settle = (done: () => void) => {
			// One chunk of data may hold a thousand reasons, and each takes time to tell.
			if (isSettled) return;
			isSettled = true;
			stopListening();
			greeting.end();
			done();
		};
		let offered: () => readonly string[] | undefined = () => undefined;
		const signing = { legacy: server.legacyAlgorithms, offered: () => offered() };
		const { redact = (text: string) => text } = server;
		const refuse = ({ kind, text }: Demand) =>
			settle(() => reject(unanswerable(server, { kind, text: redact(text) }, attempt())));
		const steps = loginSteps(server.username, server.login, signing, refuse);
		const lose = (fault: Error) => settle(() => reject(notConnected(fault, server, attempt())));
		const greeting = readGreeting(socket, () => lose(new Error(CLOSED)));
		const banner = hearBanners(client, steps);
		let [isEncrypted, isEnded] = [false, false];
		const attempt = (): LoginAttempt => {
			return {
				progress: redactProgress(steps, redact),
				greeting: redactGreeting(greeting, redact),
				isEncrypted,
				banner: redact(banner()),
				timeoutMs: READY_MS,
			};
		};
		const stopListening = onAbort(signal, () => reject(cancelled()));
		client.on('error', (fault) => lose(redactFault(fault, redact)));
		client.on('close', () => lose(new Error(CLOSED)));
		client.on('end', () => void (isEnded = true));
		client.on('change password', (said: string) => refuse({ kind: 'newPassword', text: said }));
		client.on('handshake', () => {
			isEncrypted = true;
			// Also after a re-keying, when ssh2 makes new ciphers.
			setImmediate(prepareCiphers, client, socket);
		});
		const distrusted = (fault: WritebackError) => settle(() => reject(fault));
		const config = connectConfig(socket, server, steps, distrusted);
		connectClient(sftpClient, config, (handOver) => settle(() => resolve(handOver))).catch((fault: unknown) => {
			// An end is followed by 'close', and errors have settled this already. What remains are options that ssh2 refuses.
			if (!isEnded) settle(() => reject(fault));
		});
		limitPackets(client, socket);
		signAtOnce(client);
		offered = offeredSignatures(client);
	});
}

function connectConfig(
	socket: Socket,
	server: SftpServerOptions,
	steps: LoginSteps,
	distrusted: (fault: WritebackError) => void,
): ConnectConfig {
	return {
		sock: socket,
		username: server.username,
		authHandler: steps.next,
		readyTimeout: READY_MS,
		keepaliveInterval: Math.max(1000, Math.floor(server.idleMs / 3)),
		keepaliveCountMax: 3,
		algorithms: algorithms(server.hostKeys === 'any' ? [] : server.hostKeys, server.legacyAlgorithms),
		hostVerifier: (key: Buffer) => {
			const distrust = judge(key, server);
			if (distrust !== undefined) distrusted(distrust);
			return distrust === undefined;
		},
	};
}

/** The last message for the user (RFC 4252 section 5.4) that is no greeting: one that came after a refusal, or after another one. */
function hearBanners(client: Client, steps: LoginSteps): () => string {
	let [count, banner] = [0, ''];
	client.on('banner', (message: string) => {
		count += 1;
		if (count > 1 || steps.refusals() > 0) banner = message;
	});
	return () => banner;
}

/** Why this host key is not to be trusted; undefined when it is. */
function judge(key: Buffer, { host, port, hostKeys, redact }: SftpServerOptions): WritebackError | undefined {
	if (hostKeys === 'any' || matches(hostKeys, key)) return undefined;
	return hostKeys.length === 0
		? hostKeyUnknown(host, port, key, redact)
		: hostKeyMismatch(host, port, hostKeys, key, redact);
}
