import { unlessStopped } from './waiting';

/** The names that one writeback writes, each as its destination tells it from others. */
export interface Wanted {
	/** Of the file, or of the first part. */
	readonly file: string;
	/** What matches the names of all parts; absent when there is only one file. */
	readonly parts?: RegExp;
	readonly done?: string;
}

/** Another item of the execution has a name that this one wants. */
export interface Conflict {
	readonly item: number;
	readonly of: 'file' | 'done';
}

/** What one item may write beside the others of its execution. */
export interface ItemClaims {
	/** Resolves when every earlier item has its names, or does without; so a fast answer wins nothing. Rejects with `cancelled`. */
	turn(signal: AbortSignal): Promise<void>;
	/** Takes all names for the rest of the execution; or none, and says who has one of them. */
	claim(wanted: Wanted): Conflict | undefined;
	/** Takes the name of one more part, or says which item has it. */
	claimPart(name: string): number | undefined;
	/** Lets the items after this one have their turn. */
	pass(): void;
}

/** Hands out names to the items of one execution: the first one, by its number, that wants a name has it, even if it fails later. */
export function claims(): (item: number) => ItemClaims {
	const owners = new Map<string, number>();
	const patterns: Array<{ readonly item: number; readonly parts: RegExp }> = [];
	let passed = Promise.resolve();
	const ownerOf = (item: number, name: string) => {
		const owner = owners.get(name);
		if (owner !== undefined) return owner === item ? undefined : owner;
		return patterns.find((pattern) => pattern.item !== item && pattern.parts.test(name))?.item;
	};
	const ownerAmong = (item: number, parts: RegExp) =>
		[...owners].find(([name, owner]) => owner !== item && parts.test(name))?.[1];
	return (item) => {
		const before = passed;
		let pass = (): void => undefined;
		const own = new Promise<void>((resolve) => {
			pass = resolve;
		});
		passed = before.then(async () => await own);
		return {
			turn: async (signal) => await unlessStopped(before, signal),
			claim: ({ file, parts, done }) => {
				const ofFile = ownerOf(item, file) ?? (parts && ownerAmong(item, parts));
				if (ofFile !== undefined) return { item: ofFile, of: 'file' };
				const ofDone = done === undefined ? undefined : ownerOf(item, done);
				if (ofDone !== undefined) return { item: ofDone, of: 'done' };
				for (const name of [file, done]) if (name !== undefined) owners.set(name, item);
				if (parts) patterns.push({ item, parts });
				return undefined;
			},
			claimPart: (name) => {
				const owner = ownerOf(item, name);
				if (owner === undefined) owners.set(name, item);
				return owner;
			},
			pass: () => pass(),
		};
	};
}
