import type { Event } from './events';
import type { Column } from '../../../core/domo/schema';

/** What was last seen of one DataSet. */
export interface DataSetState {
	/** The last that Domo listed; empty while it has listed none. */
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	/** The last count that Domo listed. */
	readonly rows?: number;
	/** The last number of columns that Domo listed. */
	readonly columns?: number;
	/** How many it listed when the columns were last read; until then, when the DataSet was first seen. */
	readonly columnsRead?: number;
	/** The columns as last read; absent until then, and always when Schema Changed is not watched. */
	readonly schema?: readonly Column[];
	/** The DataSet may have other columns than those known: they are still to be read. */
	readonly stale: boolean;
	/** It is not listed any more, and stays known: it may come back. */
	readonly gone: boolean;
}

/** All that one poll leaves for the next. */
export interface Snapshot {
	/** What was watched: DataSets that are new to another choice are not new in Domo. */
	readonly scope: string;
	/** What was looked for: an event chosen since has no past. */
	readonly events: readonly Event[];
	/** Those that are gone come first, the longest gone at the top. */
	readonly states: ReadonlyMap<string, DataSetState>;
	/** How many requests the last listing took; 0 when there was none. */
	readonly pages: number;
	/** The last poll listed and had no requests left for reading columns: this one does nothing else. */
	readonly schemaPollPending: boolean;
}

/** A list of those deleted would grow for ever. */
const MOST_GONE = 1000;

/**
 * Those that are gone before those that are there. Of the longest gone it drops what is more than a thousand, but none that was there `before`,
 * and no more than others take their places: a list that was empty or cut short for a few polls makes no DataSet a new one.
 */
export function orderStates(
	states: ReadonlyMap<string, DataSetState>,
	before: ReadonlyMap<string, DataSetState>,
): ReadonlyMap<string, DataSetState> {
	const gone = [...states].filter(([, one]) => one.gone);
	const here = [...states].filter(([, one]) => !one.gone);
	const justGone = gone.filter(([id]) => before.get(id)?.gone === false);
	const most = Math.max(MOST_GONE, justGone.length, before.size - here.length);
	return new Map([...gone.slice(-most), ...here]);
}
