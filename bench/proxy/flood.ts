import { once } from 'node:events';
import { connect } from 'node:net';

const PIECE = Buffer.alloc(1024 * 1024, 'domo');

/** Sends as fast as it can: `node pour.js <port> <MiB>`. */
async function main([port, mebibytes]: readonly string[]): Promise<void> {
	const socket = connect(Number(port), '127.0.0.1');
	for (let sent = 0; sent < Number(mebibytes); sent++) if (!socket.write(PIECE)) await once(socket, 'drain');
	socket.end();
}

void main(process.argv.slice(2));
