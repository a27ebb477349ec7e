import * as fc from 'fast-check';

/** Every whole number as often as any other. */
export const between = (min: number, max: number) => fc.integer({ min, max });

/** From 0 to 1, evenly: fast-check's doubles are mostly tiny. */
export const share = between(0, 1_000_000).map((millionths) => millionths / 1e6);

/** So many of these to so many of those. */
export function weighted<T>(...choices: ReadonlyArray<readonly [weight: number, value: T]>): fc.Arbitrary<T> {
	return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

/** In so many of a hundred cases. */
export const sometimes = <T>(percent: number, what: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.oneof({ weight: percent, arbitrary: what }, { weight: 100 - percent, arbitrary: fc.constant(undefined) });

/** What comes of it. */
export type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
