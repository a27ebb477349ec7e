import type { Witnessed } from './aftermath';
import { textOf, type Told } from './told';

/** Names of one execution that collide must be refused, and which refusals that explains. */
export interface Collisions {
	/** What is wrong about them. */
	readonly wrong: readonly string[];
	/** Whether the drawn names explain why this item was not written, or not under the name it asked for. */
	explains(told: Told, at: number): boolean;
}

export function collisionsOf(witnessed: Witnessed, told: readonly Told[]): Collisions {
	switch (witnessed.drawn.collision) {
		case 'doneFile':
			return doneFiles(told);
		case 'target':
			return targets(witnessed, told);
		default:
			return { wrong: [], explains: () => false };
	}
}

/** Nothing may be written that the done file would replace; the message names the field. */
function doneFiles(told: readonly Told[]): Collisions {
	const isTold = (one: Told) => one.kind === 'refusal' && one.text.includes('Done File Name');
	return {
		wrong: told.flatMap((one, at) =>
			one.kind === 'receipt' ? [`item ${at} was written, and its done file has the data's name`] : [],
		),
		explains: (one) => isTold(one) || (one.kind === 'silence' && told.some(isTold)),
	};
}

/** An item that Domo refused before it had its names has left them to the next. */
function isRefusedByDomo(told: Told | undefined): boolean {
	return told?.kind === 'refusal' && /^(domo|dataSet)/.test(String(told.reason));
}

/** The later of two items with one target is refused and told which one was first; Add Number and Skip do what they say. */
function targets({ items, drawn, faultsMet, wasStopped }: Witnessed, told: readonly Told[]): Collisions {
	const later = items.findIndex(({ rival }) => rival !== undefined);
	const [one, first = 0] = [told[later], items[later]?.rival];
	if (one === undefined) return { wrong: [], explains: () => false };
	if (drawn.ifExists !== 'replace') {
		const isThere = (at: number) => at === later || at === first || items[at]?.old !== undefined;
		return { wrong: [], explains: ({ kind }, at) => drawn.ifExists === 'skip' && kind === 'skipped' && isThere(at) };
	}
	const isTaken = one.kind === 'refusal' && one.reason === 'targetTaken';
	const isNamed = isTaken && new RegExp(`\\bitem ${first}\\b`, 'i').test(one.text);
	const isOver = one.kind === 'receipt' && !isRefusedByDomo(told[first]);
	const isCalm = faultsMet === 0 && !wasStopped && one.kind === 'refusal';
	return {
		wrong: [
			...(isOver ? [`item ${later} was written over item ${first}`] : []),
			...((isTaken ? !isNamed : isCalm)
				? [`item ${later} has the target of item ${first}, and is told: ${textOf(one)}`]
				: []),
		],
		explains: ({ kind }, at) => isTaken && (at === later || kind === 'silence'),
	};
}
