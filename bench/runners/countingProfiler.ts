import { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where the built package counts rows. */
const TALLY = 'dist/core/format/csv/recordCounter.js';

/** Where it copies what a thread hashes. */
const COPIES = 'dist/core/support/hashing/sharedBlocks.js';

type Step = (this: unknown, ...args: never[]) => unknown;

/** Clocks every call that counts rows or hashes while a workflow runs; what it returns tells the sum. */
export function profileCounting(packageFolder: string | undefined): () => { tallyMs: number; tallyBytes: number } {
	const sum = { tallyMs: 0, tallyBytes: 0 };
	if (packageFolder === undefined) return () => sum;
	const tally: unknown = createRequire(__filename)(join(packageFolder, TALLY));
	const counting = prototypeOf(tally, 'RecordCounter', TALLY);
	clock(counting, 'add', sum, (bytes) => (sum.tallyBytes += bytes));
	clock(Hash.prototype, 'update', sum, () => 0);
	// Where a thread hashes, this is what remains on the main thread. Older builds have no such thread.
	if (existsSync(join(packageFolder, COPIES))) {
		const shared: unknown = createRequire(__filename)(join(packageFolder, COPIES));
		clock(prototypeOf(shared, 'SharedBlocks', COPIES), 'copy', sum, () => 0);
	}
	return () => sum;
}

function prototypeOf(module: unknown, name: string, file: string): object {
	const found: unknown = Reflect.get(Object(module), name);
	const prototype: unknown = typeof found === 'function' ? found.prototype : undefined;
	if (typeof prototype === 'object' && prototype !== null) return prototype;
	throw new Error(
		`${file} has no class ${name} any more: tell bench/runners/countingProfiler.ts what does its work now`,
	);
}

function clock(owner: object, name: string, sum: { tallyMs: number }, seen: (bytes: number) => void): void {
	const step: Step = Reflect.get(owner, name);
	const clocked = function (this: unknown, ...args: never[]): unknown {
		const startedAt = performance.now();
		try {
			return Reflect.apply(step, this, args);
		} finally {
			sum.tallyMs += performance.now() - startedAt;
			const [data]: unknown[] = args;
			if (data instanceof Uint8Array) seen(data.length);
		}
	};
	Reflect.set(owner, name, clocked);
}
