import type { Fixture } from '../fixtures/fixture';
import type { Measured } from '../report/result';

/** One claim about performance, and how it is measured. */
export interface Case {
	readonly name: string;
	/** As the result's own. */
	readonly title: string;
	/** How often by default. */
	readonly rounds: number;
	measure(lab: Fixture, rounds: number): Promise<Omit<Measured, 'case' | 'title'>>;
}
