import { type Axis, together } from './axes';
import type { Settings } from './settings';

/** A value for every option, by the option's name. */
export type Choice = Readonly<Record<string, string>>;

/** Whether these options can be set together. */
export type Allows = (settings: Settings) => boolean;

/** The options that others need set in some way; all others go with anything as long as they are unset. */
const HUBS: readonly string[] = ['format', 'quoteCharacter', 'escapeCharacter', 'dateTimeFormat', 'pgpPublicKey'];

interface Pair {
	readonly one: number;
	readonly first: string;
	readonly other: number;
	readonly second: string;
}

/** What the chosen values set. */
export function settingsOf(axes: readonly Axis[], choice: Choice): Settings {
	return together(axes.map(({ name, values }) => values[choice[name] ?? ''] ?? {}));
}

/** Every pair of values of different options that can be set together. */
export function pairsOf(axes: readonly Axis[], allows: Allows): Pair[] {
	return axes.flatMap((axis, one) =>
		axes.slice(one + 1).flatMap((second, next) =>
			Object.keys(axis.values).flatMap((value) =>
				Object.keys(second.values)
					.map((otherValue) => ({ one, first: value, other: one + 1 + next, second: otherValue }))
					.filter((pair) => isPossible(axes, chosen(axes, pair), allows)),
			),
		),
	);
}

function chosen(axes: readonly Axis[], { one, first, other, second }: Pair): Record<string, string> {
	return { [axes[one]?.name ?? '']: first, [axes[other]?.name ?? '']: second };
}

/** Whether a choice that leaves options open can be completed. */
function isPossible(axes: readonly Axis[], choice: Choice, allows: Allows): boolean {
	const open = axes.find(({ name }) => HUBS.includes(name) && choice[name] === undefined);
	if (open === undefined) return allows(settingsOf(axes, choice));
	return Object.keys(open.values).some((value) => isPossible(axes, { ...choice, [open.name]: value }, allows));
}

/** Choices among which every pair of values that can be set together is found, greedily few. Throws for a pair that no choice can hold. */
export function cover(axes: readonly Axis[], allows: Allows): Choice[] {
	const open = new Map(pairsOf(axes, allows).map((pair) => [keyOf(pair), pair]));
	const choices: Choice[] = [];
	for (const pair of open.values()) {
		const choice = completed(axes, chosen(axes, pair), open, allows);
		for (const covered of pairsIn(axes, choice)) open.delete(covered);
		choices.push(choice);
	}
	return choices;
}

function completed(
	axes: readonly Axis[],
	start: Record<string, string>,
	open: ReadonlyMap<string, Pair>,
	allows: Allows,
): Choice {
	const choice = { ...start };
	for (const [place, { name, values }] of axes.entries()) {
		if (choice[name] !== undefined) continue;
		let best: readonly [value: string, gain: number] | undefined;
		for (const value of Object.keys(values)) {
			if (!isPossible(axes, { ...choice, [name]: value }, allows)) continue;
			const gain = gainOf(axes, place, value, choice, open);
			if (best === undefined || gain > best[1]) best = [value, gain];
		}
		if (best === undefined) throw new Error(`No value of ${name} goes with ${JSON.stringify(choice)}`);
		choice[name] = best[0];
	}
	return choice;
}

/** How many open pairs a value adds to what is chosen. */
function gainOf(
	axes: readonly Axis[],
	place: number,
	value: string,
	choice: Choice,
	open: ReadonlyMap<string, Pair>,
): number {
	let gain = 0;
	for (const [other, { name }] of axes.entries()) {
		const chosenValue = choice[name];
		if (chosenValue === undefined) continue;
		if (open.has(key(other, chosenValue, place, value))) gain += 1;
	}
	return gain;
}

export function pairsIn(axes: readonly Axis[], choice: Choice): string[] {
	return axes.flatMap((axis, one) =>
		axes
			.slice(one + 1)
			.map((second, next) => key(one, choice[axis.name] ?? '', one + 1 + next, choice[second.name] ?? '')),
	);
}

export function keyOf({ one, first, other, second }: Pair): string {
	return key(one, first, other, second);
}

function key(one: number, first: string, other: number, second: string): string {
	return one < other ? `${one}=${first}&${other}=${second}` : `${other}=${second}&${one}=${first}`;
}
