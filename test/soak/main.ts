import { join } from 'node:path';
import { startAzurite } from '../../sandbox/azurite';
import { loadPackage } from '../../sandbox/engine/engine';
import { startOpenSsh } from '../../sandbox/openssh';
import type { Surroundings } from './execution';
import { type Options, readOptions, USAGE } from './options';
import { handles, hasGrown, heldAtRest, heldBytes, moreThan } from './process';
import { progressLine, summary } from './report';
import { settled, soak, warmUp } from './soak';
import { isClean, tally, type Tally } from './tally';

const ROOT = join(__dirname, '../..');

const TELLS_EVERY_MS = 10_000;

/** The readers' own connections stay open for some seconds after their last use. */
const SETTLED_WITHIN_MS = 20_000;

/** Runs until time is up or Ctrl-C; resolves to whether nothing was lost, partial, leaked or wrong. */
async function main(options: Options): Promise<boolean> {
	const { seed, packageFolder = ROOT } = options;
	console.log(`Seed ${seed}. Starting OpenSSH and Azurite …`);
	const stopped = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopped.abort());
	const installed = await loadPackage(packageFolder);
	const [openSsh, azure] = await Promise.all([startOpenSsh(), startAzurite({ onDisk: true })]);
	try {
		return await measured({ seed, installed, servers: { openSsh, azure } }, options, stopped.signal);
	} finally {
		await Promise.all([openSsh.close(), azure.close()]);
	}
}

async function measured(around: Surroundings, options: Options, signal: AbortSignal): Promise<boolean> {
	await warmUp(around);
	await settled(() => !handles().has('TCPSocketWrap'), SETTLED_WITHIN_MS);
	const [before, warm] = [handles(), await heldAtRest()];
	// Node.js warns of too many listeners and of files that were left open.
	const warnings: string[] = [];
	process.on('warning', ({ message }) => void warnings.push(message));
	const all = tally();
	const samples = await run(around, options, signal, all);
	const wasStopped = signal.aborted;
	if (!wasStopped) await settled(() => moreThan(before).length === 0, SETTLED_WITHIN_MS);
	// What was under way when the user stopped the soak is still open.
	const openHandles = wasStopped ? [] : moreThan(before);
	const end = await heldAtRest();
	all.crimes.leaked += openHandles.length + warnings.length + (!wasStopped && hasGrown(samples, warm, end) ? 1 : 0);
	console.log(
		`\n${wasStopped ? 'Stopped. ' : ''}Seed ${options.seed}\n${summary(all, { warm, end, openHandles, warnings })}`,
	);
	return isClean(all);
}

/** Resolves to what memory was held every few seconds. */
async function run(around: Surroundings, options: Options, signal: AbortSignal, all: Tally): Promise<number[]> {
	const { minutes, atOnce, only } = options;
	const startedAt = performance.now();
	const samples: number[] = [];
	const telling = setInterval(() => {
		const held = heldBytes();
		samples.push(held);
		console.log(progressLine(performance.now() - startedAt, all, held));
	}, TELLS_EVERY_MS);
	const until = startedAt + minutes * 60_000;
	const course = { atOnce, first: only ?? 1, last: only ?? Infinity, until, signal };
	await soak(around, course, all).finally(() => clearInterval(telling));
	return samples;
}

function start(): void {
	let options: Options;
	try {
		options = readOptions(process.argv.slice(2));
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
		process.exitCode = 2;
		return;
	}
	main(options).then(
		(isClean) => process.exit(isClean ? 0 : 1),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}

start();
