import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OURS } from '../subjects/subject';
import type { Machine } from '../fixtures/machine';
import { type Bar, barsOf, isMet } from './bars';
import type { Profile } from './profile';
import { median, rounded } from './statistics';

/** The figures of one case as they are kept in bench/results. */
export interface Result {
	readonly case: string;
	readonly title: string;
	/** Of every figure here that names no other. */
	readonly unit: string;
	readonly smallerIsBetter: boolean;
	/** Medians. */
	readonly ours: number;
	readonly peers: Readonly<Record<string, number>>;
	/** ours / peer. */
	readonly ratios: Readonly<Record<string, number>>;
	readonly spread: Readonly<Record<string, Spread>>;
	readonly rounds: number;
	readonly bars: readonly Verdict[];
	/** What a contender is given that the others are not. */
	readonly handicaps: Readonly<Record<string, string>>;
	/** More that was measured on the way, in rows of a table. */
	readonly details: readonly Detail[];
	readonly machine: Machine;
	/** How many processes ran or wanted to, on average over the minute before. */
	readonly load: number;
	/** What the delaying proxy carried without a delay just before, in MB/s. */
	readonly proxyCapacity?: number;
}

export interface Spread {
	readonly min: number;
	readonly max: number;
}

export type Verdict = Bar & { readonly value: number; readonly ok: boolean };

export type Detail = Readonly<Record<string, string | number>>;

const PROFILE = '.profile.json';

/** What a case measured, before it is summed up. */
export interface Measured {
	readonly case: string;
	readonly title: string;
	readonly unit: string;
	readonly smallerIsBetter?: boolean;
	/** Of each contender, one figure a round; ours is among them. */
	readonly samples: ReadonlyMap<string, readonly number[]>;
	readonly handicaps?: Readonly<Record<string, string>>;
	readonly details?: readonly Detail[];
	/** Figures that bars are about and that are no medians of the contest, by the name in the bar. */
	readonly figures?: Readonly<Record<string, number>>;
	readonly proxyCapacity?: number;
	/** Where our process spent its time in a run of its own. */
	readonly profile?: Profile;
}

export function summed(measured: Measured, machine: Machine, load: number): Result {
	const medians = new Map([...measured.samples].map(([name, values]) => [name, median(values)]));
	const ours = medians.get(OURS);
	if (ours === undefined) throw new Error(`The case ${measured.case} measured nothing of ours`);
	const peers = [...medians].filter(([name]) => name !== OURS);
	const ratios = new Map(peers.map(([name, value]) => [name, ours / value]));
	const figures: Record<string, number> = { [OURS]: ours, ...Object.fromEntries(ratios), ...measured.figures };
	return {
		case: measured.case,
		title: measured.title,
		unit: measured.unit,
		smallerIsBetter: measured.smallerIsBetter ?? false,
		ours: rounded(ours),
		peers: roundedAll(peers),
		ratios: roundedAll([...ratios]),
		spread: Object.fromEntries([...measured.samples].map(([name, values]) => [name, spreadOf(values)])),
		rounds: measured.samples.get(OURS)?.length ?? 0,
		bars: barsOf(measured.case).flatMap((bar) => verdictOn(bar, figures[bar.of])),
		handicaps: measured.handicaps ?? {},
		details: measured.details ?? [],
		machine,
		load: rounded(load),
		...(measured.proxyCapacity !== undefined && { proxyCapacity: measured.proxyCapacity }),
	};
}

function roundedAll(figures: ReadonlyArray<readonly [string, number]>): Record<string, number> {
	return Object.fromEntries(figures.map(([name, value]) => [name, rounded(value)]));
}

function spreadOf(values: readonly number[]): Spread {
	return { min: rounded(Math.min(...values)), max: rounded(Math.max(...values)) };
}

/** None for a figure that was not measured, as in a run without some peer. */
function verdictOn(bar: Bar, value: number | undefined): Verdict[] {
	return value === undefined ? [] : [{ ...bar, value: rounded(value), ok: isMet(bar, value) }];
}

export async function writeResult(folder: string, result: Result): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${result.case}.json`), `${JSON.stringify(result, null, '\t')}\n`);
}

export async function writeProfile(folder: string, name: string, profile: Profile): Promise<void> {
	await writeFile(join(folder, `${name}${PROFILE}`), `${JSON.stringify(profile, null, '\t')}\n`);
}

/** The one kept for a case. */
export async function readProfile(folder: string, name: string): Promise<Profile | undefined> {
	const text = await readFile(join(folder, `${name}${PROFILE}`), 'utf8').catch(() => undefined);
	return text === undefined ? undefined : JSON.parse(text);
}

/** All that are kept, by the name of the case. */
export async function readResults(folder: string): Promise<ReadonlyMap<string, Result>> {
	const results = new Map<string, Result>();
	for (const name of await readdir(folder).catch(() => [])) {
		if (!name.endsWith('.json') || name.endsWith(PROFILE)) continue;
		const result: Result = JSON.parse(await readFile(join(folder, name), 'utf8'));
		results.set(result.case, result);
	}
	return results;
}
