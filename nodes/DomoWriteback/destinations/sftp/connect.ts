import { connect, type Socket } from 'node:net';
import { badSetting, cancelled, codeOf, networkFault, WritebackError } from '../../errors';

/** A TCP connection without Nagle's delay. Rejects with `setting` (no such host), `destinationInterrupted`, or `cancelled`. */
export async function connectSocket(
	{ host, port }: { readonly host: string; readonly port: number },
	withinMs: number,
	signal: AbortSignal,
): Promise<Socket> {
	if (signal.aborted) throw cancelled();
	const socket = connect({ host, port, noDelay: true, keepAlive: true });
	try {
		await new Promise<void>((resolve, reject) => {
			const stop = () => reject(cancelled());
			const watch = setTimeout(() => reject(unreachable(host, port, 'no answer in time')), withinMs);
			const settle = (done: () => void) => () => {
				clearTimeout(watch);
				signal.removeEventListener('abort', stop);
				done();
			};
			signal.addEventListener('abort', stop, { once: true });
			socket.once('connect', settle(resolve));
			socket.once('error', (fault) => settle(() => reject(translated(fault, host, port)))());
			socket.once(
				'close',
				settle(() => reject(unreachable(host, port, 'the connection was cut'))),
			);
		});
	} catch (fault) {
		socket.destroy();
		throw fault;
	} finally {
		socket.removeAllListeners('close');
	}
	return socket;
}

function translated(fault: Error, host: string, port: number): WritebackError {
	if (codeOf(fault) === 'ENOTFOUND') {
		return badSetting(
			'Hostname',
			`there is no host named ${host}`,
			'Check the spelling in the SFTP credential, e.g. sftp.example.com.',
		);
	}
	return unreachable(host, port, networkFault(fault));
}

function unreachable(host: string, port: number, why: string): WritebackError {
	return new WritebackError('destinationInterrupted', `SFTP server ${host}, port ${port}, cannot be reached (${why})`, {
		hint: "Check Hostname and Port in the SFTP credential, and that the server's firewall lets n8n in. The target is unchanged.",
	});
}
