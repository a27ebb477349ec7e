import { raceAbort } from '../support/abort';

/** The names that one writeback writes, each as its destination tells it from others. */
export interface ClaimedNames {
	/** Of the file, or of the first part. */
	readonly file: string;
	/** What matches the names of all parts; absent when there is only one file. */
	readonly parts?: RegExp;
	readonly done?: string;
}

/** Another item of the execution. */
export interface Writer {
	readonly item: number;
	/** From 1, of an earlier run of the node, as in a loop; absent for the present one. */
	readonly run?: number;
}

/** Another item has a name that this one wants. */
export interface Conflict extends Writer {
	readonly of: 'file' | 'done';
}

/** What earlier runs of the node have written. */
export interface EarlierRuns {
	writerOf(name: string): (Writer & { readonly dataSetId: string }) | undefined;
	note(name: string, dataSetId: string, item: number): void;
}

/** What one item may write beside the others of its execution. */
export interface NameClaims {
	/** Resolves when every earlier item has its names, or does without; so a fast answer wins nothing. Rejects with `cancelled`. */
	turn(signal: AbortSignal): Promise<void>;
	/** Takes all names for the rest of the execution; or none, and says who has one of them. */
	claim(wanted: ClaimedNames): Conflict | undefined;
	/** Takes the name of one more part, or says which item has it. */
	claimPart(name: string): number | undefined;
	/** Which item of an earlier run wrote another DataSet under this name. */
	earlier(name: string, dataSetId: string): Writer | undefined;
	/** Remembers what this item has written, for later runs. */
	written(dataSetId: string): void;
	/** Lets the items after this one have their turn. */
	pass(): void;
	/** The item is over. */
	end(): void;
	/** Waits for the end of another item. False when it has written nothing: its names are free then. Rejects with `cancelled`. */
	hasWritten(item: number, signal: AbortSignal): Promise<boolean>;
}

/** Hands out names to the items of one execution: the first one, by its number, that wants a name has it, even if it fails later, unless another item has waited for that. */
export function createNameClaims(runs: EarlierRuns): (item: number) => NameClaims {
	const owners = new Map<string, number>();
	const patterns: Array<{ readonly item: number; readonly parts: RegExp }> = [];
	const outcomes = new Map<number, Promise<boolean>>();
	let passed = Promise.resolve();
	const ownerOf = (item: number, name: string) => {
		const owner = owners.get(name);
		if (owner !== undefined) return owner === item ? undefined : owner;
		return patterns.find((pattern) => pattern.item !== item && pattern.parts.test(name))?.item;
	};
	const ownerAmong = (item: number, parts: RegExp) =>
		[...owners].find(([name, owner]) => owner !== item && parts.test(name))?.[1];
	const free = (item: number) => {
		for (const [name, owner] of owners) if (owner === item) owners.delete(name);
		for (const pattern of patterns.filter((one) => one.item === item)) patterns.splice(patterns.indexOf(pattern), 1);
	};
	return (item) => {
		const before = passed;
		let pass = (): void => undefined;
		const own = new Promise<void>((resolve) => {
			pass = resolve;
		});
		passed = before.then(async () => await own);
		let conclude: (isWritten: boolean) => void = () => undefined;
		outcomes.set(
			item,
			new Promise<boolean>((resolve) => {
				conclude = resolve;
			}),
		);
		const names = new Set<string>();
		const take = (name: string) => {
			owners.set(name, item);
			names.add(name);
		};
		return {
			turn: async (signal) => await raceAbort(before, signal),
			claim: ({ file, parts, done }) => {
				const ofFile = ownerOf(item, file) ?? (parts && ownerAmong(item, parts));
				if (ofFile !== undefined) return { item: ofFile, of: 'file' };
				const ofDone = done === undefined ? undefined : ownerOf(item, done);
				if (ofDone !== undefined) return { item: ofDone, of: 'done' };
				for (const name of [file, done]) if (name !== undefined) take(name);
				if (parts) patterns.push({ item, parts });
				return undefined;
			},
			claimPart: (name) => {
				const owner = ownerOf(item, name);
				if (owner === undefined) take(name);
				return owner;
			},
			earlier: (name, dataSetId) => {
				const writer = runs.writerOf(name);
				return writer?.dataSetId === dataSetId ? undefined : writer;
			},
			written: (dataSetId) => {
				for (const name of names) runs.note(name, dataSetId, item);
				conclude(true);
			},
			pass: () => pass(),
			end: () => {
				pass();
				conclude(false);
			},
			hasWritten: async (other, signal) => {
				const isWritten = await raceAbort(outcomes.get(other) ?? Promise.resolve(false), signal);
				if (!isWritten) free(other);
				return isWritten;
			},
		};
	};
}
