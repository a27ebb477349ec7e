import { Socket } from 'node:net';
import { prepareSocket } from '../ssh2Internals';
import { yieldWhileReading } from './yieldingSocket';
import { onAbort } from '../../../support/abort';
import { invalidParameter, cancelled, codeOf, describeNetworkError, WritebackError } from '../../../support/errors';
import { type EgressPolicy, hostNotAllowed, FORBIDDEN_ADDRESS } from '../../egressPolicy';

/** A TCP connection without Nagle's delay. Rejects with `setting` (no such host), `destinationInterrupted`, or `cancelled`. */
export async function connectSocket(
	{ host, port, egress }: { readonly host: string; readonly port: number; readonly egress: EgressPolicy },
	withinMs: number,
	signal: AbortSignal,
): Promise<Socket> {
	await egress.check(host, 'Hostname');
	if (signal.aborted) throw cancelled();
	const socket = new Socket();
	try {
		await new Promise<void>((resolve, reject) => {
			const watch = setTimeout(() => reject(serverUnreachable(host, port, { code: 'ETIMEDOUT' })), withinMs);
			const settle = (done: () => void) => () => {
				clearTimeout(watch);
				stopListening();
				done();
			};
			const stopListening = onAbort(signal, () => reject(cancelled()));
			socket.once('connect', settle(resolve));
			socket.once('error', (fault) => settle(() => reject(translated(fault, host, port)))());
			socket.once(
				'close',
				settle(() => reject(serverUnreachable(host, port, { code: 'ECONNRESET' }))),
			);
			socket.connect({ host, port, ...(egress.lookup && { lookup: egress.lookup }) });
		});
	} catch (fault) {
		socket.destroy();
		throw fault;
	} finally {
		socket.removeAllListeners('close');
	}
	return yieldWhileReading(prepareSocket(socket)).setNoDelay(true).setKeepAlive(true);
}

function translated(fault: Error, host: string, port: number): WritebackError {
	if (codeOf(fault) === FORBIDDEN_ADDRESS) return hostNotAllowed(host, 'Hostname');
	if (codeOf(fault) === 'ENOTFOUND') {
		return invalidParameter(
			'Hostname',
			`there is no host named ${host}`,
			'Check the spelling in the SFTP credential, e.g. sftp.example.com.',
		);
	}
	return serverUnreachable(host, port, fault);
}

function serverUnreachable(host: string, port: number, fault: unknown): WritebackError {
	const what = `SFTP server ${host}, port ${port}, cannot be reached (${describeNetworkError(fault)})`;
	return new WritebackError('destinationInterrupted', what, {
		hint: "Check 'Hostname' and 'Port' in the SFTP credential, and that the server's firewall allows connections from n8n. The target is unchanged.",
	});
}
