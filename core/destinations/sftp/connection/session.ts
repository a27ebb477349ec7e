import type { Socket } from 'node:net';
import type { Client, SFTPWrapper } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import { connectionLost, misanswered, handleReusedError } from './connectionErrors';
import { monitorConnection } from './connectionMonitor';
import { fileRequests, type FileRequests } from './fileRequests';
import { limitLogins } from './loginLimiter';
import { redactFault, redactNotes } from './serverText';
import { type ServerTraits, traitsOfServer } from './serverTraits';
import { type SftpChannel, createChannel, type PendingRequests } from './sftpChannel';
import { createSftpClient, type HandOver } from './sftpClient';
import { openSftpSubsystem, type StartNotes } from './sftpSubsystem';
import { subsystemError } from './sftpSubsystemErrors';
import { logIn, READY_MS, type SftpServerOptions } from './sshHandshake';
import { connectSocket } from './tcpSocket';
import { anySignal, onAbort } from '../../../support/abort';
import { cancelled } from '../../../support/errors';
import { createSemaphore } from '../../../support/semaphore';

/** As many as OpenSSH (MaxSessions) and ProFTPD (SFTPMaxChannels) allow unless told otherwise; ProFTPD ends the connection at one more. */
const MOST_CHANNELS = 10;

/** How long a server may take to say that a channel is closed before another one is opened. */
const CLOSE_MS = 1000;

/** One SSH connection. It is itself its first SFTP channel. */
export interface Session extends SftpChannel, FileRequests {
	/** Opens another SFTP channel. Rejects when the server allows no more; the session goes on. */
	openAnother(): Promise<SftpChannel>;
	/** Opens a channel for one file alone, and waits until there is room for it. Rejects when the server allows no more, or with `cancelled`. */
	openExclusive(signal: AbortSignal): Promise<SftpChannel>;
	/** What its server has shown since this process started. */
	readonly traits: ServerTraits;
	isLost(): boolean;
	/** How many requests were settled so far. */
	answers(): number;
	/** Ends the connection. Requests still under way reject. */
	end(): void;
}

/**
 * Connects, checks the host key before anything secret is sent, logs in and opens SFTP. Rejects with `setting`, `hostKeyUnknown`,
 * `hostKeyMismatch`, `destinationLogin`, `destinationInterrupted`, or `cancelled`; no socket is left open.
 */
export async function openSession(server: SftpServerOptions, signal: AbortSignal): Promise<Session> {
	return await limitLogins(server, signal, async (loggedIn) => await connected(server, signal, loggedIn));
}

async function connected(server: SftpServerOptions, signal: AbortSignal, loggedIn: () => void): Promise<Session> {
	const socket = await connectSocket(server, READY_MS, signal);
	const sftpClient = createSftpClient();
	try {
		const handOver = await logIn(sftpClient, socket, server, signal);
		loggedIn();
		return await started(sftpClient, handOver, socket, server, signal);
	} catch (fault) {
		sftpClient.client.destroy();
		socket.destroy();
		throw fault;
	}
}

async function started(
	sftpClient: SftpClient,
	handOver: HandOver,
	socket: Socket,
	server: SftpServerOptions,
	signal: AbortSignal,
): Promise<Session> {
	const { client } = sftpClient;
	const { waiting, fail, gone } = monitorConnection(client, socket, server);
	const traits = traitsOfServer(server);
	const channelSlots = createSemaphore(MOST_CHANNELS - 1);
	let channels = 0;
	const open = async (leave: () => void = () => undefined, pass: HandOver = async (sftp) => sftp) => {
		if (channels === MOST_CHANNELS) throw noMoreChannels();
		channels++;
		const sftp = await openChannel(client, waiting, server)
			.then(pass)
			.catch((fault: unknown) => {
				channels--;
				throw fault;
			});
		const closed = () => connectionLost(server, 'the SFTP channel was closed');
		const handleReused = () => {
			const fault = handleReusedError(server);
			traits.exclusiveChannels = true;
			fail(fault);
			return fault;
		};
		sftp.on('close', () => fail(closed()));
		sftp.on('error', (fault: Error) =>
			fail(connectionLost(server, 'the SFTP channel broke', redactFault(fault, server.redact))),
		);
		const unanswered = () => waiting.lost() ?? closed();
		const wrongAnswer = (what: string) => {
			const fault = misanswered(server, what);
			fail(fault);
			return fault;
		};
		const events = { unanswered, handleReused, misanswered: wrongAnswer, redact: server.redact };
		const channel = createChannel(sftp, waiting, events);
		return {
			...channel,
			endChannel: () => {
				channel.endChannel();
				// Some servers never say that a channel is closed: it counts as open for ever, and its place is given to the next file.
				const late = setTimeout(leave, CLOSE_MS).unref();
				sftp.once('close', () => {
					channels--;
					clearTimeout(late);
					leave();
				});
			},
		};
	};
	const exclusive = async (stopped: AbortSignal) => {
		const give = await channelSlots.acquire(1, anySignal(stopped, gone));
		let isGiven = false;
		const leave = () => {
			if (!isGiven) give();
			isGiven = true;
		};
		return await open(leave).catch((fault: unknown) => {
			leave();
			throw fault;
		});
	};
	const stopListening = onAbort(signal, () => fail(cancelled()));
	try {
		const first = await open(undefined, async (sftp) => {
			const ended = () => Promise.reject(waiting.lost() ?? connectionLost(server, 'the connection was closed'));
			return await handOver(sftp).catch(ended);
		});
		return {
			...first,
			...fileRequests(sftpClient, first),
			openAnother: async () => await open(),
			openExclusive: exclusive,
			traits,
			isLost: () => waiting.lost() !== undefined,
			answers: waiting.count,
			end: () => fail(connectionLost(server, 'the connection was ended')),
		};
	} finally {
		stopListening();
	}
}

function noMoreChannels(): Error {
	return new Error(`There are ${MOST_CHANNELS} channels already`);
}

async function openChannel(
	client: Client,
	waiting: PendingRequests,
	{ redact }: SftpServerOptions,
): Promise<SFTPWrapper> {
	const notes: StartNotes = { text: '', errors: '', isClosed: false };
	return await new Promise((resolve, reject) => {
		waiting.add(reject);
		openSftpSubsystem(client, notes)
			.finally(() => waiting.answered(reject))
			.then(resolve, (fault: unknown) =>
				reject(waiting.lost() ?? subsystemError(redactFault(fault, redact), redactNotes(notes, redact))),
			);
	});
}
