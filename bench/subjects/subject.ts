/** One way to do a case's work. */
export interface Subject {
	readonly name: string;
	/** What it does where that is not what the others do, e.g. how much less data it is given. */
	readonly handicap?: string;
	/** Does the work once, checks that it was done, and resolves to the figure in the unit of the case. */
	run(): Promise<number>;
}

/** The name of what this repository builds. */
export const OURS = 'ours';

/** The same on a processor without SHA instructions. */
export const WITHOUT_SHA = 'ours, without SHA instructions';

/** In units of a million bytes. */
export function megabytesPerSecond(bytes: number, ms: number): number {
	return bytes / 1000 / ms;
}
