import type { Socket } from 'node:net';
import { Client, type SFTPWrapper } from 'ssh2';
import { interrupted, misanswered, mixesFiles } from './connectionErrors';
import { watched } from './connectionMonitor';
import { inLoginTurn } from './loginLimiter';
import { redactFault, redactNotes } from './serverText';
import { type ServerTraits, traitsOfServer } from './serverTraits';
import { type Channel, channelOf, type Waiting } from './sftpChannel';
import { startSftp, type StartNotes } from './sftpSubsystem';
import { noSftp } from './sftpSubsystemErrors';
import { logIn, READY_MS, type SftpServer } from './sshHandshake';
import { connectSocket } from './tcpSocket';
import { cancelled } from '../../../support/errors';
import { budgetOf } from '../../../support/semaphore';

/** As many as OpenSSH (MaxSessions) and ProFTPD (SFTPMaxChannels) allow unless told otherwise; ProFTPD ends the connection at one more. */
const MOST_CHANNELS = 10;

/** How long a server may take to say that a channel is closed before another one is opened. */
const CLOSE_MS = 1000;

/** One SSH connection. It is itself its first SFTP channel. */
export interface Session extends Channel {
	/** Opens another SFTP channel. Rejects when the server allows no more; the session goes on. */
	another(): Promise<Channel>;
	/** Opens a channel for one file alone, and waits until there is room for it. Rejects when the server allows no more, or with `cancelled`. */
	exclusive(signal: AbortSignal): Promise<Channel>;
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
export async function openSession(server: SftpServer, signal: AbortSignal): Promise<Session> {
	return await inLoginTurn(server, signal, async (loggedIn) => await connected(server, signal, loggedIn));
}

async function connected(server: SftpServer, signal: AbortSignal, loggedIn: () => void): Promise<Session> {
	const socket = await connectSocket(server, READY_MS, signal);
	const client = new Client();
	try {
		await logIn(client, socket, server, signal);
		loggedIn();
		return await started(client, socket, server, signal);
	} catch (fault) {
		client.destroy();
		socket.destroy();
		throw fault;
	}
}

async function started(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<Session> {
	const { waiting, lose, gone } = watched(client, socket, server);
	const traits = traitsOfServer(server);
	const places = budgetOf(MOST_CHANNELS - 1);
	let channels = 0;
	const open = async (leave: () => void = () => undefined) => {
		if (channels === MOST_CHANNELS) throw noMoreChannels();
		channels++;
		const sftp = await openChannel(client, waiting, server).catch((fault: unknown) => {
			channels--;
			throw fault;
		});
		const closed = () => interrupted(server, 'the SFTP channel was closed');
		const handleReused = () => {
			const fault = mixesFiles(server);
			traits.exclusiveChannels = true;
			lose(fault);
			return fault;
		};
		sftp.on('close', () => lose(closed()));
		sftp.on('error', (fault: Error) =>
			lose(interrupted(server, 'the SFTP channel broke', redactFault(fault, server.redact))),
		);
		const unanswered = () => waiting.lost() ?? closed();
		const wrongAnswer = (what: string) => {
			const fault = misanswered(server, what);
			lose(fault);
			return fault;
		};
		const events = { unanswered, handleReused, misanswered: wrongAnswer, redact: server.redact };
		const channel = channelOf(sftp, waiting, events);
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
		const give = await places.take(1, AbortSignal.any([stopped, gone]));
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
	const stop = () => lose(cancelled());
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	try {
		return {
			...(await open()),
			another: async () => await open(),
			exclusive,
			traits,
			isLost: () => waiting.lost() !== undefined,
			answers: waiting.count,
			end: () => lose(interrupted(server, 'the connection was ended')),
		};
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function noMoreChannels(): Error {
	return new Error(`There are ${MOST_CHANNELS} channels already`);
}

async function openChannel(client: Client, waiting: Waiting, { redact }: SftpServer): Promise<SFTPWrapper> {
	const notes: StartNotes = { text: '', errors: '', isClosed: false };
	return await new Promise((resolve, reject) => {
		waiting.add(reject);
		startSftp(client, notes)
			.finally(() => waiting.answered(reject))
			.then(resolve, (fault: unknown) =>
				reject(waiting.lost() ?? noSftp(redactFault(fault, redact), redactNotes(notes, redact))),
			);
	});
}
