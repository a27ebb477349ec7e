import type { BinaryStore } from './store';

export interface BinaryFields {
	/** Tells the files of one item from those of all others: each item has a place of its own. */
	readonly place: string;
	readonly store: BinaryStore;
}
