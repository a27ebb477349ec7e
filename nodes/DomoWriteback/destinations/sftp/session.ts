import type { Socket } from 'node:net';
import { Client, type SFTPWrapper } from 'ssh2';
import { cancelled } from '../../errors';
import { type Channel, channelOf, type Waiting } from './channel';
import { connectSocket } from './connect';
import { watched } from './connectionWatch';
import { logIn, READY_MS, type SftpServer } from './handshake';
import { inLoginTurn } from './logins';
import { interrupted } from './lost';
import { startSftp, type StartNotes } from './sftpStart';
import { noSftp } from './sftpStartErrors';

/** As many as OpenSSH (MaxSessions) and ProFTPD (SFTPMaxChannels) allow unless told otherwise; ProFTPD ends the connection at one more. */
const MOST_CHANNELS = 10;

/** One SSH connection. It is itself its first SFTP channel. */
export interface Session extends Channel {
	/** Opens another SFTP channel. Rejects when the server allows no more; the session goes on. */
	another(): Promise<Channel>;
	isLost(): boolean;
	/** Ends the connection. Requests still under way reject. */
	end(): void;
}

/**
 * Connects, checks the host key before anything secret is sent, logs in and opens SFTP. Rejects with `setting`, `hostKeyUnknown`,
 * `hostKeyMismatch`, `destinationLogin`, `destinationInterrupted`, or `cancelled`; no socket is left open.
 */
export async function openSession(server: SftpServer, signal: AbortSignal): Promise<Session> {
	return await inLoginTurn(server, signal, async () => await connected(server, signal));
}

async function connected(server: SftpServer, signal: AbortSignal): Promise<Session> {
	const socket = await connectSocket(server, READY_MS, signal);
	const client = new Client();
	try {
		await logIn(client, socket, server, signal);
		return await started(client, socket, server, signal);
	} catch (fault) {
		client.destroy();
		socket.destroy();
		throw fault;
	}
}

async function started(client: Client, socket: Socket, server: SftpServer, signal: AbortSignal): Promise<Session> {
	const { waiting, lose } = watched(client, socket, server);
	let channels = 0;
	const open = async () => {
		if (channels === MOST_CHANNELS) throw noMoreChannels();
		channels++;
		const sftp = await openChannel(client, waiting).catch((fault: unknown) => {
			channels--;
			throw fault;
		});
		const closed = () => interrupted(server, 'the SFTP channel was closed');
		sftp.on('close', () => lose(closed()));
		sftp.on('error', (fault: Error) => lose(interrupted(server, 'the SFTP channel broke', fault)));
		const channel = channelOf(sftp, waiting, () => waiting.lost() ?? closed());
		return {
			...channel,
			endChannel: () => {
				channel.endChannel();
				sftp.once('close', () => channels--);
			},
		};
	};
	const stop = () => lose(cancelled());
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
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

function noMoreChannels(): Error {
	return new Error(`There are ${MOST_CHANNELS} channels already`);
}

async function openChannel(client: Client, waiting: Waiting): Promise<SFTPWrapper> {
	const notes: StartNotes = { text: '', errors: '', isClosed: false };
	return await new Promise((resolve, reject) => {
		waiting.add(reject);
		startSftp(client, notes)
			.finally(() => waiting.answered(reject))
			.then(resolve, (fault: unknown) => reject(waiting.lost() ?? noSftp(fault, notes)));
	});
}
