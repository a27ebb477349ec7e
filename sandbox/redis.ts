import { type DebianSoftware, ensureInstalled } from './debian';
import { freePort, startProcess } from './process';
import { LOOPBACK } from './sftpServer';

const SERVER = '/usr/bin/redis-server';

/** What n8n's queue mode keeps its queue in. */
export const redis: DebianSoftware = {
	name: `Redis at ${SERVER}`,
	packages: ['redis-server'],
	files: [SERVER],
	service: 'redis-server',
};

/** A running Redis that keeps everything in memory. */
export interface Redis {
	readonly host: string;
	readonly port: number;
	close(): Promise<void>;
}

/** Starts Redis on a free port of the loopback address. */
export async function startRedis(): Promise<Redis> {
	await ensureInstalled(redis);
	const port = await freePort();
	const server = await startProcess({
		command: SERVER,
		args: ['--port', String(port), '--bind', LOOPBACK, '--save', '', '--appendonly', 'no'],
		ready: /Ready to accept connections/,
	});
	return { host: LOOPBACK, port, close: server.stop };
}
