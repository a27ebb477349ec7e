import { OURS, WITHOUT_SHA } from '../subjects/subject';
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
	/** Ours without SHA instructions / peer; only where it ran beside ours. */
	readonly ratiosWithoutSha?: Readonly<Record<string, number>>;
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
	/** What the delaying proxy carried without a delay, and what the fastest contender took through it; in MB/s. */
	readonly proxyCapacity?: number;
	readonly proxyNeed?: number;
}

export interface Spread {
	readonly min: number;
	readonly max: number;
}

export type Verdict = Bar & {
	readonly value: number;
	readonly ok: boolean;
	/** It judges ours without SHA instructions, which ran beside ours. */
	readonly withoutSha?: true;
};

export type Detail = Readonly<Record<string, string | number>>;

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
	readonly proxyNeed?: number;
	/** Where our process spent its time in a run of its own. */
	readonly profile?: Profile;
}

export function summed(measured: Measured, machine: Machine, load: number): Result {
	const medians = new Map([...measured.samples].map(([name, values]) => [name, median(values)]));
	const ours = medians.get(OURS);
	if (ours === undefined) throw new Error(`The case ${measured.case} measured nothing of ours`);
	const peers = [...medians].filter(([name]) => name !== OURS);
	const ratios = ratiosOf(ours, peers);
	const figures: Record<string, number> = { [OURS]: ours, ...ratios, ...measured.figures };
	const verdicts = barsOf(measured.case, machine.shaNi !== false).flatMap((bar) => verdictOn(bar, figures[bar.of]));
	const { ratios: ratiosWithoutSha, bars: barsWithoutSha } = withoutSha(measured.case, medians);
	return {
		case: measured.case,
		title: measured.title,
		unit: measured.unit,
		smallerIsBetter: measured.smallerIsBetter ?? false,
		ours: rounded(ours),
		peers: roundedAll(Object.fromEntries(peers)),
		ratios: roundedAll(ratios),
		...(ratiosWithoutSha && { ratiosWithoutSha: roundedAll(ratiosWithoutSha) }),
		spread: Object.fromEntries([...measured.samples].map(([name, values]) => [name, spreadOf(values)])),
		rounds: measured.samples.get(OURS)?.length ?? 0,
		bars: [...verdicts, ...barsWithoutSha],
		handicaps: measured.handicaps ?? {},
		details: measured.details ?? [],
		machine,
		load: rounded(load),
		...(measured.proxyCapacity !== undefined && { proxyCapacity: measured.proxyCapacity }),
		...(measured.proxyNeed !== undefined && { proxyNeed: measured.proxyNeed }),
	};
}

/** What ours without SHA instructions comes to; nothing where it didn't run beside ours. */
function withoutSha(name: string, medians: ReadonlyMap<string, number>) {
	const ours = medians.get(WITHOUT_SHA);
	if (ours === undefined) return { bars: [] };
	const ratios = ratiosOf(
		ours,
		[...medians].filter(([peer]) => peer !== OURS && peer !== WITHOUT_SHA),
	);
	const figures: Record<string, number> = { [OURS]: ours, ...ratios };
	const verdicts = barsOf(name, false).flatMap((bar) => verdictOn(bar, figures[bar.of]));
	return { ratios, bars: verdicts.map((verdict) => ({ ...verdict, withoutSha: true as const })) };
}

function ratiosOf(ours: number, peers: ReadonlyArray<readonly [string, number]>): Record<string, number> {
	return Object.fromEntries(peers.map(([name, value]) => [name, ours / value]));
}

function roundedAll(figures: Readonly<Record<string, number>>): Record<string, number> {
	return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)]));
}

function spreadOf(values: readonly number[]): Spread {
	return { min: rounded(Math.min(...values)), max: rounded(Math.max(...values)) };
}

/** None for a figure that was not measured, as in a run without some peer. */
function verdictOn(bar: Bar, value: number | undefined): Verdict[] {
	return value === undefined ? [] : [{ ...bar, value: rounded(value), ok: isMet(bar, value) }];
}
