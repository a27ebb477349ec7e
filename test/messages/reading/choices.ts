/** Where what is read depends on something that only a run knows, one way is taken after the other. */
export interface Choices {
	/** One of `ways`, from 0. The same question gets the same answer until the end of the reading. */
	choose(question: string, ways: number): number;
}

/** This way leads nowhere: no such sentence is ever said. */
export class Impossible extends Error {}

/** More ways than any sentence has: what is read would never end. */
const MOST_READINGS = 2_000;

/** Reads `what` again and again until every way was taken once; what `Impossible` ended is left out. */
export function everyWay<T>(what: string, read: (choices: Choices) => T): T[] {
	const results: T[] = [];
	let script: number[] = [];
	for (let readings = 0; readings < MOST_READINGS; readings++) {
		const taken: Array<{ readonly way: number; readonly ways: number }> = [];
		const answers = new Map<string, number>();
		const choose = (question: string, ways: number) => {
			const known = answers.get(question);
			if (known !== undefined) return known;
			const way = script[taken.length] ?? 0;
			taken.push({ way, ways });
			answers.set(question, way);
			return way;
		};
		try {
			results.push(read({ choose }));
		} catch (fault) {
			if (!(fault instanceof Impossible)) throw fault;
		}
		const last = taken.findLastIndex(({ way, ways }) => way + 1 < ways);
		if (last < 0) return results;
		script = [...taken.slice(0, last).map(({ way }) => way), (taken[last]?.way ?? 0) + 1];
	}
	throw new Error(`${what} comes in more than ${MOST_READINGS} forms: put a part of it into words in gaps.ts`);
}
