import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';

/** Long enough for a busy machine. */
const MOST_MS = 60_000;

/** Runs a program on some input and resolves to what it wrote; rejects with what it said when it ends with anything but 0. */
export async function run(
	command: string,
	args: readonly string[],
	input: Buffer | string = '',
	env: NodeJS.ProcessEnv = process.env,
): Promise<Buffer> {
	const child = spawn(command, args, { env, timeout: MOST_MS, stdio: ['pipe', 'pipe', 'pipe'] });
	const closed = once(child, 'close');
	// A program that ends early says why in its own words.
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	const [output, said] = await Promise.all([buffer(child.stdout), text(child.stderr), closed]);
	if (child.exitCode === 0) return output;
	throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}: ${said}`);
}
