import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from './cases/case';
import { casesNamed } from './cases/cases';

const ROOT = join(__dirname, '..');

export interface Options {
	readonly cases: readonly Case[];
	/** Each case's own number when absent. */
	readonly rounds: number | undefined;
	readonly quick: boolean;
	readonly profile: boolean;
	/** Draws and writes what is kept, and measures nothing. */
	readonly report: boolean;
	readonly packageFolder: string;
	/** Another build of ours to compare with, without peers. */
	readonly against?: string;
	readonly transfer: Readonly<Record<string, string | number>>;
	/** Whether the results replace those that are kept: not when they are of something else than the cases say. */
	readonly keeps: boolean;
}

export const USAGE = `npm run bench -- [case …] [--rounds N] [--quick] [--profile] [--report] [--package FOLDER] [--against FOLDER] [--transfer JSON]

  --rounds N         how often each contender runs
  --quick            little data, one round; prints the figures without keeping them
  --profile          also profiles our process, in a separate run
  --report           only regenerates bench/README.md and its picture from bench/results
  --package FOLDER   measures the build in that folder instead; keeps nothing
  --against FOLDER   runs the build in that folder in turn with ours, without peers; keeps nothing
  --transfer JSON    fields of our Transfer pane, e.g. '{"connections":4}'; keeps nothing`;

/** Reads the command line; throws with what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			rounds: { type: 'string' },
			quick: { type: 'boolean', default: false },
			profile: { type: 'boolean', default: false },
			report: { type: 'boolean', default: false },
			package: { type: 'string' },
			against: { type: 'string' },
			transfer: { type: 'string' },
		},
	});
	const { quick, profile, report } = values;
	const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
	if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
		throw new Error('--rounds is a number above 0');
	return {
		cases: casesNamed(positionals),
		rounds: rounds ?? (quick ? 1 : undefined),
		quick,
		profile,
		report,
		packageFolder: resolve(values.package ?? ROOT),
		...(values.against !== undefined && { against: resolve(values.against) }),
		transfer: JSON.parse(values.transfer ?? '{}'),
		keeps: !quick && [values.package, values.against, values.transfer].every((value) => value === undefined),
	};
}
