/** How many cases a property is tried with; more with e.g. FAST_CHECK_RUNS=1000000. */
export const RUNS = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 10_000) };
