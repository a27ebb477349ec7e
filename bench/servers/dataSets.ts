import type { SandboxDataSet } from '../../sandbox/domo/domo';
import { large } from '../../sandbox/domo/dataSets';

export const MEBIBYTE = 1024 * 1024;

/** Sizes of the DataSets that Domo's double serves in a benchmark, in MiB. */
export const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 8192] as const;
export type SizeMib = (typeof SIZES)[number];

export const SMALL_COUNT = 500;
const SMALL_BYTES = 20_000;

/** One DataSet of about this size: no two records are alike. */
export function sized(mebibytes: SizeMib): SandboxDataSet {
	return large({ bytes: mebibytes * MEBIBYTE, name: `${mebibytes} MiB` });
}

/** Many DataSets of 20 KB. */
export function small(): SandboxDataSet[] {
	return Array.from({ length: SMALL_COUNT }, (_, index) =>
		large({ bytes: SMALL_BYTES, name: `Small ${String(index).padStart(3, '0')}` }),
	);
}
