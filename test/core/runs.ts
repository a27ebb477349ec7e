/** How many cases a property is tried with; `.ci/run` sets FAST_CHECK_RUNS to 10,000. */
export const RUNS = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 1_000) };
