import type { SandboxDataSet } from './dataSet';
import type { FaultBook } from './faults';
import type { Field } from './metadata';
import type { Tokens } from './token';

/** What a refresh or an edit in Domo changes. */
export type Change = Partial<Omit<SandboxDataSet, 'id'>>;

export interface State {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly scopes: readonly string[];
	readonly dataSets: Map<string, SandboxDataSet>;
	readonly tokens: Tokens;
	readonly faults: FaultBook;
	/** What the list and the description of one DataSet leave out. */
	readonly omitted: Record<'list' | 'metadata', readonly Field[]>;
}

/** Changes a DataSet; one whose rows, columns or content change also gets a later `updatedAt`, unless it is given. */
export function touch(dataSets: Map<string, SandboxDataSet>, id: string, change: Change): void {
	const current = dataSets.get(id);
	if (!current) throw new Error(`The sandbox has no DataSet ${id}`);
	const refreshed = 'rows' in change || 'columns' in change || 'csv' in change;
	const now = later(current.updatedAt);
	dataSets.set(id, { ...current, ...(refreshed ? { updatedAt: now, dataCurrentAt: now } : {}), ...change });
}

/** Now, to the millisecond as Domo tells it, but never the same second twice. */
function later(than: string): string {
	return new Date(Math.max(Date.now(), Date.parse(than) + 1000)).toISOString();
}
