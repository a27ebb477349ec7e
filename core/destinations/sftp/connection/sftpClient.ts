import { Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';

/** Gives `connect` the first channel, which it waits for, and resolves to what it returns. Rejects when the server has ended the connection. */
export type HandOver = (sftp: SFTPWrapper) => Promise<SFTPWrapper>;

const ignore = () => undefined;

/** Its default callbacks print to n8n's log. */
const SILENT = { error: ignore, end: ignore, close: ignore };

/** A client that prints nothing and isn't connected yet. */
export function createSftpClient(): SftpClient {
	const sftpClient = new SftpClient('domo-writeback', SILENT);
	// Where community packages share a folder, npm may give it another ssh2. This package reads fields of one exact version.
	if (!(sftpClient.client instanceof Client)) sftpClient.client = new Client();
	// Every call under way has three listeners.
	sftpClient.client.setMaxListeners(0);
	return sftpClient;
}

/**
 * Runs `connect`, and `onLogin` in place of opening the first channel: the session does that itself, because `connect` drops why a
 * server refuses a channel and what it says beside SFTP. Rejects as `connect` does, resolves after the hand-over.
 */
export async function connectClient(
	sftpClient: SftpClient,
	config: ConnectConfig,
	onLogin: (handOver: HandOver) => void,
): Promise<void> {
	const { client } = sftpClient;
	client.sftp = (opened) => {
		Reflect.deleteProperty(client, 'sftp');
		onLogin(async (sftp) => {
			opened(undefined, sftp);
			return await connecting;
		});
		return client;
	};
	const connecting = sftpClient.connect(config);
	await connecting;
}
