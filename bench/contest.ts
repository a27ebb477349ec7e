import { OURS, type Subject, WITHOUT_SHA } from './subjects/subject';

/** Lets each do the same work in turn, round after round; resolves to the figures by name. */
export async function contest(
	contenders: readonly Subject[],
	rounds: number,
	tell: (round: number, name: string, figure: number) => void,
): Promise<Map<string, number[]>> {
	const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
	for (let round = 1; round <= rounds; round++) {
		for (const { name, run } of contenders) {
			const figure = await run();
			samples.get(name)?.push(figure);
			tell(round, name, figure);
		}
	}
	return samples;
}

/** All of them, or ours alone, with and without SHA instructions, where two builds of ours are compared. */
export function entrants(
	contenders: readonly Subject[],
	{ against }: { readonly against?: string },
): readonly Subject[] {
	return against === undefined ? contenders : contenders.filter(({ name }) => name === OURS || name === WITHOUT_SHA);
}

/** What is special about some of them, by name. */
export function handicapsOf(contenders: readonly Subject[]): Record<string, string> {
	return Object.fromEntries(contenders.flatMap(({ name, handicap }) => (handicap ? [[name, handicap]] : [])));
}
