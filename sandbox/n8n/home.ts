import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Places, PLACES, placesIn } from '../endpoints';
import { isAlive } from '../process';
import type { Importable } from './webhookWorkflow';

/** What the n8n of a user who tries the package keeps from one run to the next. */
export interface Home {
	/** n8n's user folder, and all of the sandbox. */
	readonly folder: string;
	readonly places: Places;
	/** Those of `examples` that were never imported here: what a user has changed or deleted since stays as it is. */
	newAmong<T extends Importable>(examples: readonly T[]): Promise<T[]>;
	/** Takes note that all of these were imported. */
	imported(examples: readonly Importable[]): Promise<void>;
	/** Lets others use it. */
	leave(): Promise<void>;
}

/** Why it cannot be used, in words for the user who typed the command. */
export class Unusable extends Error {}

/**
 * Opens `folder` for this process alone, with `reset` as an empty one. Rejects with `Unusable` while another process has it,
 * and when it holds anything else than such a home: n8n's own folder, or a user's, is neither used nor emptied.
 */
export async function openHome(folder: string, { reset }: { readonly reset: boolean }): Promise<Home> {
	const held: string[] = await readdir(folder).catch(() => []);
	if (held.length > 0 && !held.includes(PLACES)) throw new Unusable(foreign(folder));
	const owner = join(folder, 'running.pid');
	const pid = Number(await readFile(owner, 'utf8').catch(() => '0'));
	if (pid > 0 && isAlive(pid)) throw new Unusable(taken(pid, folder, owner));
	if (reset) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await writeFile(owner, String(process.pid));
	const places = await placesIn(folder);
	const list = join(folder, 'examples.json');
	const mark = ({ id }: Importable) => `${id} ${places.domo.port} ${places.channel.port}`;
	return {
		folder,
		places,
		newAmong: async (examples) => {
			const known: string[] = JSON.parse(await readFile(list, 'utf8').catch(() => '[]'));
			return examples.filter((example) => !known.includes(mark(example)));
		},
		imported: async (examples) => await writeFile(list, JSON.stringify(examples.map(mark), null, 2)),
		leave: async () => await rm(owner, { force: true }),
	};
}

function foreign(folder: string): string {
	return `${folder} holds files that aren't a sandbox's. Choose a new or empty folder: npm run n8n -- --folder ${join(folder, 'sandbox')}`;
}

function taken(pid: number, folder: string, owner: string): string {
	return `This sandbox is already running (process ${pid}). Stop it with Ctrl+C in its terminal, or use another folder:
  N8N_PORT=5679 npm run n8n -- --folder ${folder}-2
If process ${pid} is another program: rm ${owner}`;
}
