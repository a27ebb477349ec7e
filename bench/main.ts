import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Case } from './cases/case';
import { type Fixture, openLab } from './fixtures/fixture';
import { machine, machineText } from './fixtures/machine';
import { type Options, readOptions, USAGE } from './options';
import { writeReport } from './report/report';
import { summed } from './report/result';
import { writeProfile, writeResult } from './report/resultFiles';
import { ratiosText } from './report/statistics';
import { resultTable } from './report/table';

const RESULTS = join(__dirname, 'results');

/** Load for each core above which other work surely is in the figures. */
const BUSY = 0.5;

async function main(options: Options): Promise<void> {
	if (!options.report) await measureAll(options);
	if (options.report || options.keeps) await writeReport(RESULTS, __dirname);
}

/** Measures every case, and goes on after one that fails. */
async function measureAll(options: Options): Promise<void> {
	const stopped = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(name, () => stopped.abort(new Error(`stopped by ${name}`)));
	const { signal } = stopped;
	const lab = await openLab({ ...options, signal, say: (what) => console.log(what), told });
	console.log(`\n${machineText(machine(lab.inMemory))}`);
	try {
		for (const one of options.cases) {
			if (signal.aborted) break;
			await measure(one, lab, options).catch((error: unknown) => {
				process.exitCode = 1;
				console.error(`  ${one.name}: ${signal.aborted ? String(signal.reason) : String(error)}`);
			});
		}
	} finally {
		await lab.close();
	}
}

async function measure(one: Case, lab: Fixture, { rounds, keeps }: Options): Promise<void> {
	const [load = 0] = loadavg();
	const here = machine(lab.inMemory);
	console.log(`\n${one.name}: ${one.title}`);
	if (load > BUSY * here.cores) console.log(`  other work is going on (load ${load.toFixed(1)}): figures will vary`);
	if (lab.against !== undefined) return await compare(one, lab, lab.against, rounds ?? one.rounds);
	const measured = { case: one.name, title: one.title, ...(await one.measure(lab, rounds ?? one.rounds)) };
	const result = summed(measured, here, load);
	console.log(`\n${resultTable(result)}`);
	if (!keeps) return;
	await writeResult(RESULTS, result);
	if (measured.profile) await writeProfile(RESULTS, one.name, measured.profile);
}

/** Runs both builds in turn, round after round, and prints what ours is of the other. */
async function compare(one: Case, lab: Fixture, against: string, rounds: number): Promise<void> {
	const pairs = new Map<string, Array<readonly [ours: number, other: number]>>();
	for (let round = 1; round <= rounds; round++) {
		const ours = await one.measure(lab, 1);
		const other = await one.measure({ ...lab, packageFolder: against }, 1);
		for (const [name, [figure = Number.NaN]] of ours.samples) {
			const pair = [figure, other.samples.get(name)?.[0] ?? Number.NaN] as const;
			pairs.set(name, [...(pairs.get(name) ?? []), pair]);
		}
	}
	for (const [name, figures] of pairs) console.log(`  ${name}: ${ratiosText(figures)}`);
}

function told(unit: string): (round: number, name: string, figure: number) => void {
	return (round, name, figure) => console.log(`  ${round}  ${name}: ${figure.toPrecision(3)} ${unit}`);
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
	main(options).catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	});
}

start();
