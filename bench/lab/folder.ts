import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SHARED_MEMORY = '/dev/shm';

/** The largest file, a copy of it that a peer needs, and room to spare. */
const ROOM_BYTES = 12 * 2 ** 30;

/** Where everything of one run of the bench is. */
export interface Folder {
	readonly path: string;
	/** In memory: no disk's speed is in the figures. */
	readonly inMemory: boolean;
	remove(): Promise<void>;
}

/**
 * Makes it in the machine's shared memory where 12 GiB are free there, else among the temporary files, and lets the
 * servers' own temporary folders go there too. It is gone when this process ends, whoever ends it but for a SIGKILL.
 */
export async function workFolder(): Promise<Folder> {
	const inMemory = await hasRoom(SHARED_MEMORY);
	const path = await mkdtemp(join(inMemory ? SHARED_MEMORY : tmpdir(), 'domo-writeback-bench-'));
	const before = process.env.TMPDIR;
	process.env.TMPDIR = path;
	const last = (): void => rmSync(path, { recursive: true, force: true });
	process.once('exit', last);
	return {
		path,
		inMemory,
		remove: async () => {
			process.removeListener('exit', last);
			if (before === undefined) delete process.env.TMPDIR;
			else process.env.TMPDIR = before;
			await rm(path, { recursive: true, force: true });
		},
	};
}

async function hasRoom(place: string): Promise<boolean> {
	if (!existsSync(place)) return false;
	const { bavail, bsize } = await statfs(place);
	return bavail * bsize >= ROOM_BYTES;
}
