import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** SSH servers that mean harm, in a process of their own: what they compute is not measured. */
export interface HostileServers {
	port(name: string): number;
	close(): Promise<void>;
}

export async function startHostileServers(): Promise<HostileServers> {
	const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts')], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit');
	const [line] = await Promise.race([
		once(createInterface(child.stdout), 'line'),
		ended.then(() => {
			throw new Error('The hostile servers did not start');
		}),
	]);
	const ports: Record<string, number> = JSON.parse(String(line));
	return {
		port: (name) => {
			const port = ports[name];
			if (port === undefined) throw new Error(`No such server: ${name}`);
			return port;
		},
		close: async () => {
			child.stdin.end();
			await ended;
		},
	};
}
