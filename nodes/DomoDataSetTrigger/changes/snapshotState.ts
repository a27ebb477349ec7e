import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isEvent } from './events';
import type { DataSetState, Snapshot } from './snapshot';
import { type Column, readColumns } from '../../../core/domo/schema';
import { field } from '../../../core/support/field';

/** Raised when `packed` gets another form: what an older or newer node left is then not read. */
const VERSION = 1;

/** Far above what 1,000 DataSets with 1,500 columns each need; more than that was not written here. */
const UNPACKED_BYTES = 256 * 1024 * 1024;

/** A snapshot as n8n stores it with the workflow: JSON, compressed because column names repeat (1,000 DataSets: about 60 KB; with 30 columns of each, 200 KB). */
export interface State {
	readonly version: number;
	/** Counts the snapshots, so that a poll can tell that another one has overtaken it. */
	readonly revision: number;
	readonly packed: string;
}

export function packState({ scope, events, states, pages, schemaPollPending }: Snapshot, revision: number): State {
	const entries = [...states].map(([id, one]) => [
		id,
		one.updatedAt,
		one.dataCurrentAt,
		one.rows ?? null,
		one.columns ?? null,
		one.columnsRead ?? null,
		(one.stale ? 1 : 0) + (one.gone ? 2 : 0),
		...(one.schema === undefined ? [] : [one.schema.map(({ name, type }) => [name, type])]),
	]);
	const json = JSON.stringify({ scope, events, pages, columnsNext: schemaPollPending, entries });
	return { version: VERSION, revision, packed: deflateRawSync(json).toString('base64') };
}

/** The snapshot of a state; undefined for anything that this version did not write. */
export function unpackState(state: unknown): Snapshot | undefined {
	const packed = field(state, 'packed');
	if (field(state, 'version') !== VERSION || typeof packed !== 'string') return undefined;
	try {
		const bytes = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: UNPACKED_BYTES });
		return readSnapshot(JSON.parse(bytes.toString('utf8')));
	} catch {
		// Cut, or changed by hand.
		return undefined;
	}
}

/** 0 when there is no state, or none that was written here. */
export function revisionOf(state: unknown): number {
	const revision = field(state, 'revision');
	return typeof revision === 'number' ? revision : 0;
}

function readSnapshot(json: unknown): Snapshot | undefined {
	const scope = field(json, 'scope');
	const events = field(json, 'events');
	const pages = field(json, 'pages');
	const entries = field(json, 'entries');
	if (typeof scope !== 'string' || !Array.isArray(events) || typeof pages !== 'number' || !Array.isArray(entries)) {
		return undefined;
	}
	const seen = entries.map(readEntry).filter((entry) => entry !== undefined);
	if (seen.length !== entries.length) return undefined;
	const columnsNext = field(json, 'columnsNext') === true;
	return { scope, events: events.filter(isEvent), pages, schemaPollPending: columnsNext, states: new Map(seen) };
}

function readEntry(entry: unknown): readonly [string, DataSetState] | undefined {
	if (!Array.isArray(entry)) return undefined;
	const [id, updatedAt, dataCurrentAt, rows, columns, columnsRead, flags, schema]: unknown[] = entry;
	if (typeof id !== 'string' || typeof updatedAt !== 'string' || typeof dataCurrentAt !== 'string') return undefined;
	if (typeof flags !== 'number') return undefined;
	const state: DataSetState = {
		updatedAt,
		dataCurrentAt,
		...(typeof rows === 'number' ? { rows } : {}),
		...(typeof columns === 'number' ? { columns } : {}),
		...(typeof columnsRead === 'number' ? { columnsRead } : {}),
		...(Array.isArray(schema) ? { schema: readSchema(schema) } : {}),
		stale: flags % 2 === 1,
		gone: flags >= 2,
	};
	return [id, state];
}

function readSchema(pairs: readonly unknown[]): readonly Column[] {
	return readColumns({
		columns: pairs.map((pair) => (Array.isArray(pair) ? { name: pair[0], type: pair[1] } : undefined)),
	});
}
