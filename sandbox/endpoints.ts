import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort } from './process';

/** Where the servers of a sandbox are found, and by which secrets. A user's own credentials and workflows name these. */
export interface Places {
	readonly domo: { readonly port: number; readonly clientId: string; readonly clientSecret: string };
	readonly sftp: { readonly port: number };
	readonly azure: { readonly port: number; readonly accountKey: string };
	readonly channel: { readonly port: number };
}

/** The file that holds them. */
export const PLACES = 'places.json';

/** The same places for every sandbox that lives in the folder `home`, unless another process has taken a port meanwhile. */
export async function placesIn(home: string): Promise<Places> {
	await mkdir(home, { recursive: true, mode: 0o700 });
	const file = join(home, PLACES);
	const text = await readFile(file, 'utf8').catch(() => undefined);
	const before: Places = text === undefined ? newPlaces() : JSON.parse(text);
	const places: Places = {
		domo: { ...before.domo, port: await stillFree(before.domo.port) },
		sftp: { ...before.sftp, port: await stillFree(before.sftp.port) },
		azure: { ...before.azure, port: await stillFree(before.azure.port) },
		channel: { port: await stillFree(before.channel.port) },
	};
	await writeFile(file, JSON.stringify(places, null, 2), { mode: 0o600 });
	return places;
}

/** Whether the port is free on the loopback address. */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	try {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return true;
	} catch {
		return false;
	} finally {
		if (server.listening) {
			server.close();
			await once(server, 'close');
		}
	}
}

/** A port of 0 is any that is free. */
function newPlaces(): Places {
	return {
		domo: { port: 0, clientId: randomUUID(), clientSecret: randomBytes(32).toString('hex') },
		sftp: { port: 0 },
		azure: { port: 0, accountKey: randomBytes(64).toString('base64') },
		channel: { port: 0 },
	};
}

async function stillFree(port: number): Promise<number> {
	return port !== 0 && (await isFree(port)) ? port : await freePort();
}
