/** What attempts have learnt about the target, for the next one. */
export interface TargetKnowledge {
	/** Numbers of If Exists that turned out to be taken. */
	readonly taken: readonly number[];
	/** The most parts that the DataSet has made. */
	readonly parts: number;
	/** Whether an attempt may have published, so that the target may say that it holds this data although none of it was verified. */
	readonly mayHoldOwn: boolean;
}

/** An attempt that failed after it had begun to store: why, what it could not remove, and what the next one should know. */
export class AttemptFailed extends Error {
	constructor(
		readonly fault: unknown,
		readonly leftovers: readonly string[],
		readonly found: TargetKnowledge,
	) {
		super('The attempt failed', { cause: fault });
	}
}
