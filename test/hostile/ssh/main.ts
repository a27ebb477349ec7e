import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { AFTER_KEYS } from './afterKeys';
import { BEFORE_KEYS } from './beforeKeys';

/** One port for each script, told to the parent; ends with it. */
async function main(): Promise<void> {
	const ports: Record<string, number> = {};
	for (const [name, script] of Object.entries({ ...BEFORE_KEYS, ...AFTER_KEYS })) {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			script(socket);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		ports[name] = (server.address() as AddressInfo).port;
	}
	process.stdout.write(`${JSON.stringify(ports)}\n`);
	process.stdin.on('end', () => process.exit()).resume();
}

void main();
