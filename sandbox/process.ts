import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Runs a command and, when this process dies and with it the standard input, ends it and drops `SANDBOX_FOLDER`. */
const WATCHED = `exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ cat <&3; kill $child; sleep 2; kill -9 $child; test -z "$SANDBOX_FOLDER" || rm -rf -- "$SANDBOX_FOLDER"; } >/dev/null 2>&1 &
wait $child`;

/** How long a process may take to end after it was asked to, before it is killed. */
const STOP_MS = 8_000;

/** Most characters of output that are kept. */
const LOG_CHARACTERS = 2_000_000;

export interface Command {
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** A temporary folder that is dropped when this process dies without stopping the other. */
	readonly folder?: string;
}

export interface ProcessOptions extends Command {
	/** What the process prints once it serves. */
	readonly ready: RegExp;
	readonly readyMs?: number;
}

export interface RunningProcess {
	/** Everything it printed so far, both outputs in one. */
	log(): string;
	/** Ends it and its children; resolves when they are gone and the log is complete. Never rejects. */
	stop(): Promise<void>;
	/** The same without asking, as `kill -9` does. */
	kill(): Promise<void>;
}

/** Starts a process and waits until it is ready; rejects with what it printed when it ends or takes too long. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
	const { ready, readyMs = 60_000, command } = options;
	const child = spawnWatched(options);
	const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
	let text = '';
	let served = false;
	await new Promise<void>((resolve, reject) => {
		const failed = (what: string) => {
			clearTimeout(timer);
			if (!served) void stop(child, closed).then(() => reject(new Error(`${command} ${what}:\n${text.slice(-4_000)}`)));
		};
		const timer = setTimeout(() => failed(`was not ready after ${readyMs / 1000} s`), readyMs);
		const heard = (chunk: string) => {
			text = (text + chunk).slice(-LOG_CHARACTERS);
			if (served || !ready.test(text)) return;
			served = true;
			clearTimeout(timer);
			resolve();
		};
		for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', heard);
		child.once('error', (error) => failed(error.message));
		child.once('close', (code) => failed(`ended with ${code}`));
	});
	return { log: () => text, stop: () => stop(child, closed), kill: () => stop(child, closed, 'SIGKILL') };
}

/** How a command ended, and what it printed: standard output, then standard error. */
export interface Finished {
	readonly code: number;
	readonly output: string;
}

/** Runs a command to its end; it ends with this process, however that does. Never rejects because the command failed. */
export async function runProcess(command: Command): Promise<Finished> {
	const child = spawnWatched(command);
	const [out, err]: [string[], string[]] = [[], []];
	child.stdout?.setEncoding('utf8').on('data', (chunk: string) => void out.push(chunk));
	child.stderr?.setEncoding('utf8').on('data', (chunk: string) => void err.push(chunk));
	child.on('error', ({ message }) => void err.push(message));
	// What waits for this process to die holds the standard input.
	child.once('exit', () => child.stdin?.destroy());
	return await new Promise((resolve) => {
		child.once('close', (code) => resolve({ code: code ?? 1, output: [...out, ...err].join('') }));
	});
}

/** A port of the loopback address that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (typeof address !== 'object' || !address) throw new Error('No free port');
	return address.port;
}

/** Whether the process still runs; on Linux a zombie process does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return process.platform !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
}

function spawnWatched({ command, args, env = process.env, cwd, folder = '' }: Command): ChildProcess {
	const place = { env: { ...env, SANDBOX_FOLDER: folder }, ...(cwd && { cwd }), stdio: 'pipe' } as const;
	const child =
		process.platform === 'win32'
			? spawn(command, args, place)
			: // In a session of its own, so that Ctrl+C reaches this process alone, which then ends the other in its own time.
				spawn('/bin/sh', ['-c', WATCHED, 'sh', command, ...args], { ...place, detached: true });
	child.stdin.on('error', () => {});
	return child;
}

async function stop(child: ChildProcess, closed: Promise<void>, first: NodeJS.Signals = 'SIGTERM'): Promise<void> {
	if (child.pid === undefined) return;
	const pids = descendants(child.pid);
	signal(pids, first);
	const deadline = Date.now() + STOP_MS;
	while (pids.some(isAlive) && Date.now() < deadline) await delay(20);
	signal(pids.filter(isAlive), 'SIGKILL');
	child.stdin?.destroy();
	await closed;
}

/** Children, their children and so on; on Windows the process itself. */
export function descendants(root: number): number[] {
	if (process.platform === 'win32') return [root];
	const found = [root];
	const parents = parentsByPid();
	for (const pid of found) found.push(...[...parents.keys()].filter((child) => parents.get(child) === pid));
	return found.slice(1);
}

function parentsByPid(): Map<number, number> {
	const lines =
		process.platform === 'linux'
			? readdirSync('/proc')
					.filter((name) => /^\d+$/.test(name))
					.map(processLine)
			: execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
	const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
	return new Map(pairs.map(([pid = 0, parent = 0]) => [pid, parent]));
}

/** "pid parent", read without `ps`, which a slim Debian lacks; empty when the process is gone by now. */
function processLine(pid: string): string {
	try {
		return `${pid} ${
			readFileSync(`/proc/${pid}/stat`, 'utf8')
				.replace(/^.*\) \S+ /s, '')
				.split(' ')[0]
		}`;
	} catch {
		return '';
	}
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
	for (const pid of pids) {
		try {
			process.kill(pid, name);
		} catch {
			// It ended by itself.
		}
	}
}
