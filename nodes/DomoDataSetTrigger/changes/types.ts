import type { SchemaChange } from './diffSchemas';
import type { Event } from './events';
import type { Snapshot } from './snapshot';
import type { DataSet } from '../../../core/domo/dataSet';

export interface Times {
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
}

interface BeforeAfter<T> {
	/** Null for a DataSet that was not there. */
	readonly before: T | null;
	readonly after: T;
}

/** What changed, for the events that were chosen; each part belongs to the event of the same name. */
export interface Difference {
	readonly data?: BeforeAfter<Times>;
	readonly rows?: BeforeAfter<number>;
	/** The lists are empty when only the number of columns was known before. */
	readonly schema?: SchemaChange & { readonly columns: { readonly before: number; readonly after: number } };
}

/** One DataSet and all that happened to it since the last poll. */
export interface Change {
	readonly dataSet: DataSet;
	readonly events: ReadonlyArray<Event | 'firstPoll'>;
	readonly change: Difference;
}

/** What one poll found, and what the next has to know. */
export interface PollResult {
	readonly changes: readonly Change[];
	readonly next: Snapshot;
}

/** What the user watches. */
export interface WatchOptions {
	/** Differs when something else is watched, or by another client. */
	readonly scope: string;
	readonly events: readonly Event[];
	/** The first poll tells of every DataSet. */
	readonly emitOnFirstPoll: boolean;
}

/** Which DataSets are watched. */
export type Choice =
	| { readonly kind: 'dataSets'; readonly ids: ReadonlySet<string> }
	| { readonly kind: 'name'; readonly contains: string }
	| { readonly kind: 'owner'; readonly owner: string };

export interface PollOptions extends WatchOptions {
	readonly choice: Choice;
}
