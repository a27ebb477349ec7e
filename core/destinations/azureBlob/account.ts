import type { Owner } from '../../support/fairSemaphore';

/** How data is cut into blocks and how many are on their way at once; `auto` suits most lines. */
export interface Staging {
	readonly blockBytes: number | 'auto';
	readonly concurrency: number | 'auto';
}

/** How a body is staged. */
export interface StageOptions extends Staging {
	/** The execution whose share of the memory it takes. */
	readonly owner?: Owner;
	/** Ends one request that is not answered. */
	readonly idleMs: number;
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	/** Also makes the SHA-256 of each block. */
	readonly withSha256: boolean;
}
