import type { Socket } from 'node:net';

/** How long what a socket receives may be worked on before something else gets its turn. */
const TURN_MS = 10;

/**
 * Pauses a socket whose data keeps the event loop busy, until everything else had a turn. Node.js reads up to 2 MiB of a socket in one
 * turn, and that may be a hundred thousand packets. Call it before anything else listens to the socket's data.
 */
export function yieldWhileReading(socket: Socket): Socket {
	let since: number | undefined;
	const nextTurn = () => {
		since = undefined;
	};
	const resume = () => {
		since = undefined;
		if (!socket.destroyed) socket.resume();
	};
	const onChunk = () => {
		if (since === undefined) {
			since = performance.now();
			setImmediate(nextTurn);
		} else if (performance.now() - since > TURN_MS && !socket.isPaused()) {
			socket.pause();
			setImmediate(resume);
		}
	};
	socket.prependListener('data', onChunk);
	// Listening made it flow; the reader of the data resumes it.
	return socket.pause();
}
