import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface CommandOptions {
	/** Written to its standard input, which ends then. */
	readonly input?: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** Ends it and everything it started. */
	readonly signal: AbortSignal;
}

export interface Finished {
	readonly stdout: string;
	readonly wallMs: number;
}

/** No single transfer takes longer. */
const MOST_MS = 30 * 60_000;

/** Runs a command to its end; rejects with the last of what it printed when it fails. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<Finished> {
	const { input = '', env = process.env, cwd } = options;
	const signal = AbortSignal.any([options.signal, AbortSignal.timeout(MOST_MS)]);
	signal.throwIfAborted();
	const startedAt = performance.now();
	// A group of its own, so that a shell's pipeline ends with it.
	const child = spawn(command, args, { env, ...(cwd && { cwd }), stdio: 'pipe', detached: true });
	const end = (): void => endGroup(child.pid);
	signal.addEventListener('abort', end, { once: true });
	process.once('exit', end);
	try {
		const failed = once(child, 'error').then(([error]) => Promise.reject(error));
		child.stdin.on('error', () => undefined).end(input);
		const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
		const [stdout, stderr, [code]] = await Promise.race([outputs, failed]);
		const wallMs = performance.now() - startedAt;
		signal.throwIfAborted();
		if (code !== 0) throw new Error(`${command} ended with ${code}:\n${(stdout + stderr).slice(-4000)}`);
		return { stdout, wallMs };
	} finally {
		signal.removeEventListener('abort', end);
		process.removeListener('exit', end);
	}
}

function endGroup(pid: number | undefined): void {
	try {
		if (pid !== undefined) process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}
