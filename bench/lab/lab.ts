import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningProcess, startProcess } from '../../sandbox/process';
import { type Finished, run } from './command';
import { comb } from './comb';
import { compileInto } from './compile';
import { type Domo, domoProcess } from './domo';
import { workFolder } from './folder';

export interface LabOptions {
	/** Folder of the built package to measure. */
	readonly packageFolder: string;
	/** The Transfer pane of our node. */
	readonly transfer: Readonly<Record<string, string | number>>;
	/** Less data, one round, nothing recorded. */
	readonly quick: boolean;
	readonly signal: AbortSignal;
	/** Also runs our process once under a profiler. */
	readonly profile: boolean;
	readonly say: (what: string) => void;
	/** Says one figure, of one round. */
	readonly told: (unit: string) => (round: number, name: string, figure: number) => void;
}

/** More than the largest case has in files at once. */
const FILES_MEBIBYTES = 10 * 1024;
const QUICK_FILES_MEBIBYTES = 1024;

/** What all cases share: Domo's double in its own process, a folder, and ways to start more. */
export interface Lab extends LabOptions {
	readonly folder: string;
	readonly inMemory: boolean;
	readonly domo: Domo;
	/** A new folder inside of `folder`. */
	newFolder(name: string): Promise<string>;
	/** A delaying proxy in a process of its own, in front of a port of this machine. */
	proxy(targetPort: number, roundTripMs: number): Promise<{ readonly port: number; close(): Promise<void> }>;
	/** Where a file of bench/ is compiled, e.g. `runners/ours`, for a plain Node. */
	script(name: string): string;
	/** Runs it in one. */
	runner(name: string, args: readonly string[], options?: RunnerOptions): Promise<Finished>;
	/** Drops what was made since. */
	close(): Promise<void>;
}

export interface RunnerOptions {
	readonly input?: string;
	/** For Node itself. */
	readonly flags?: readonly string[];
	/** More for its environment. */
	readonly env?: Readonly<Record<string, string>>;
}

export async function openLab(options: LabOptions): Promise<Lab> {
	const { path: folder, inMemory, remove } = await workFolder();
	const compiled = join(folder, 'compiled');
	const { start, stopAll } = starter(compiled);
	const close = async (): Promise<void> => {
		await stopAll();
		await remove();
	};
	try {
		if (inMemory) await comb(folder, options.quick ? QUICK_FILES_MEBIBYTES : FILES_MEBIBYTES, options.signal);
		await compileInto(compiled);
		// It drops the folder when this process dies without a chance to do so.
		const domo = domoProcess(await start('servers/domo', [], { ready: /\n/, folder }));
		let folders = 0;
		return {
			...options,
			folder,
			inMemory,
			domo,
			newFolder: async (name) => {
				const made = join(folder, `${name}-${++folders}`);
				await mkdir(made);
				return made;
			},
			proxy: async (targetPort, roundTripMs) => {
				const one = await start('proxy/main', [String(targetPort), String(roundTripMs)], { ready: /port \d+\n/ });
				return { port: Number(/port (\d+)/.exec(one.log())?.[1]), close: one.stop };
			},
			script: (name) => scriptIn(compiled, name),
			runner: async (name, args, { input = '', flags = [], env = {} } = {}) => {
				const all = [...flags, scriptIn(compiled, name), ...args];
				return await run(process.execPath, all, { input, env: { ...plain(), ...env }, signal: options.signal });
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Starts compiled servers and remembers them. */
function starter(compiled: string) {
	const started: RunningProcess[] = [];
	return {
		start: async (name: string, args: readonly string[], more: { ready: RegExp; folder?: string }) => {
			const command = { command: process.execPath, args: [scriptIn(compiled, name), ...args], env: plain() };
			const one = await startProcess({ ...command, ...more });
			started.push(one);
			return one;
		},
		stopAll: async () => void (await Promise.all(started.map(async (one) => await one.stop()))),
	};
}

const scriptIn = (compiled: string, name: string): string => join(compiled, 'bench', `${name}.js`);

/** Without what a loader of this process would do to another Node. */
function plain(): NodeJS.ProcessEnv {
	return { ...process.env, NODE_OPTIONS: undefined };
}
