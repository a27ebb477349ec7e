import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface Options {
	readonly minutes: number;
	/** What every transfer is drawn from. */
	readonly seed: number;
	/** Executions that run side by side. */
	readonly atOnce: number;
	/** Repeats this one execution of the seed and ends. */
	readonly only: number | undefined;
	/** Where the built package is. */
	readonly packageFolder: string | undefined;
}

export const USAGE = `npm run soak -- [--minutes N] [--seed S] [--at-once K] [--only NUMBER] [--package FOLDER]

  --minutes N       how long new transfers are started (10)
  --seed S          repeats an earlier run, which printed its seed at the start
  --at-once K       executions that run at the same time (3)
  --only NUMBER     only this execution of the seed, once
  --package FOLDER  runs the build in that folder instead`;

/** Reads the command line; throws with what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			minutes: { type: 'string', default: '10' },
			seed: { type: 'string' },
			'at-once': { type: 'string', default: '3' },
			only: { type: 'string' },
			package: { type: 'string' },
		},
	});
	return {
		minutes: above0(values.minutes, '--minutes'),
		seed: values.seed === undefined ? randomInt(1, 2 ** 31) : whole(values.seed, '--seed'),
		atOnce: whole(values['at-once'], '--at-once'),
		only: values.only === undefined ? undefined : whole(values.only, '--only'),
		packageFolder: values.package,
	};
}

function above0(text: string, name: string): number {
	const value = Number(text);
	if (value > 0 && Number.isFinite(value)) return value;
	throw new Error(`${name} is a number above 0`);
}

function whole(text: string, name: string): number {
	const value = above0(text, name);
	if (Number.isSafeInteger(value)) return value;
	throw new Error(`${name} is a whole number`);
}
