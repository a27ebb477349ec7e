import type { Socket } from 'node:net';
import type { Client } from 'ssh2';
import { connectionLost } from './connectionErrors';
import { redactFault } from './serverText';
import type { PendingRequests } from './sftpChannel';
import type { SftpServerOptions } from './sshHandshake';
import type { WritebackError } from '../../../support/errors';
import { removeItem } from '../../../support/removeItem';

export interface MonitoredConnection {
	readonly waiting: PendingRequests;
	/** Ends the connection, for a reason that everything on it rejects with. */
	readonly fail: (fault: WritebackError) => void;
	/** Fires when the connection is lost; its `reason` is why. */
	readonly gone: AbortSignal;
}

/** Watches a connection: when it closes, breaks, or owes an answer for too long, all that wait are told once. */
export function monitorConnection(client: Client, socket: Socket, server: SftpServerOptions): MonitoredConnection {
	const pending: Array<(fault: WritebackError) => void> = [];
	const gone = new AbortController();
	let lost: WritebackError | undefined;
	let answeredAt = Date.now();
	let count = 0;
	const fail = (fault: WritebackError) => {
		if (lost !== undefined) return;
		lost = fault;
		gone.abort(fault);
		clearInterval(watch);
		for (const reject of pending.splice(0)) reject(fault);
		client.destroy();
		socket.destroy();
	};
	// SFTP can fall silent while SSH keepalives are still answered, so the answers themselves are watched.
	const watch = setInterval(
		() => {
			if (pending.length === 0 || Date.now() - answeredAt < server.idleMs) return;
			fail(connectionLost(server, `it sent no response for ${Math.round(server.idleMs / 1000)} s`));
		},
		Math.min(1000, server.idleMs / 4),
	);
	client.on('close', () => fail(connectionLost(server, 'the connection was closed')));
	client.on('error', (fault: Error) =>
		fail(connectionLost(server, 'the connection broke', redactFault(fault, server.redact))),
	);
	const waiting: PendingRequests = {
		add: (reject) => {
			if (pending.length === 0) answeredAt = Date.now();
			pending.push(reject);
		},
		answered: (reject) => {
			answeredAt = Date.now();
			count++;
			removeItem(pending, reject);
		},
		count: () => count,
		lost: () => lost,
	};
	return { waiting, fail, gone: gone.signal };
}
