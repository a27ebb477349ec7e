import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/sandbox';

/** Who turned to the destinations during some work, from the servers' own logs. */
export interface Contacts {
	readonly connections: number;
	readonly logins: number;
	readonly blobRequests: number;
}

/** Logs are written by other processes: a contact of our own, made after the work, tells when they are complete. */
const LOG_MS = 10_000;

export async function contactsDuring(
	{ sftp, azure }: Pick<Sandbox, 'sftp' | 'azure'>,
	work: () => Promise<unknown>,
): Promise<Contacts> {
	await fence({ sftp, azure });
	const [sftpBefore, azureBefore] = [sftp.log().length, azure.log().length];
	const ours = await portsDuring(work, sftp.port);
	const [, mark] = await fence({ sftp, azure });
	const sftpLog = sftp.log().slice(sftpBefore).split('\n');
	const azureLog = azure.log().slice(azureBefore).split('\n');
	return {
		connections: sftpLog.filter((line) => ours.has(/^Connection from \S+ port (\d+) /.exec(line)?.[1] ?? '')).length,
		logins: sftpLog.filter((line) => line.startsWith('Accepted publickey for')).length,
		blobRequests: azureLog.filter((line) => /"[A-Z]+ \//.test(line) && !line.includes(mark)).length,
	};
}

/**
 * The local ports of the connections that this process makes to the server. Others are of another test, which takes our
 * server's port for one where nothing listens; and two connections to two servers may share a local port.
 */
async function portsDuring(work: () => Promise<unknown>, remotePort: number): Promise<ReadonlySet<string>> {
	const ports = new Set<string>();
	const sockets = channel('net.client.socket');
	const note = (message: unknown) => {
		const { socket } = message as { readonly socket: Socket };
		socket.once('connect', () => {
			if (socket.remotePort === remotePort) ports.add(String(socket.localPort));
		});
	};
	sockets.subscribe(note);
	try {
		await work();
	} finally {
		sockets.unsubscribe(note);
	}
	return ports;
}

async function fence({ sftp, azure }: Pick<Sandbox, 'sftp' | 'azure'>): Promise<readonly [port: number, mark: string]> {
	const socket = connect(sftp.port, sftp.host);
	await once(socket, 'connect');
	const port = socket.localPort ?? 0;
	const mark = randomUUID();
	await fetch(`${azure.blobEndpoint}?comp=list&prefix=${mark}&${azure.accountSas({ resourceTypes: 's' })}`);
	const deadline = Date.now() + LOG_MS;
	while (!(sftp.log().includes(` port ${port} on `) && azure.log().includes(mark))) {
		if (Date.now() > deadline) throw new Error('The servers did not log the last contact');
		await sleep(10);
	}
	socket.destroy();
	return [port, mark];
}
