import { createHash } from 'node:crypto';

export type ColumnType = 'STRING' | 'DECIMAL' | 'LONG' | 'DOUBLE' | 'DATE' | 'DATETIME';

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
}

export interface CsvOptions {
	readonly header: boolean;
	/** How many records to give, from the first. Every DataSet made in this folder can give more than it lists. */
	readonly rows: number;
}

/** What the double knows of one DataSet. A plain object: `touch` copies it, so `csv` reads `this.columns`. */
export interface SandboxDataSet {
	readonly id: string;
	readonly name: string;
	readonly description?: string;
	readonly columns: readonly Column[];
	/** What the metadata lists, and what an export without a fault sends. */
	readonly rows: number;
	/** Whether the metadata lists how many rows there are; it does when absent. */
	readonly listsRows?: boolean;
	readonly pdpEnabled: boolean;
	readonly owner: { readonly id: number; readonly name: string };
	readonly createdAt: string;
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	/** Exports go out with `Content-Encoding: gzip` to a client that accepts it. */
	readonly gzip?: boolean;
	/** The same bytes each time for the same options; a buffer belongs to its receiver. */
	csv(options: CsvOptions): Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** What tells one DataSet from another of its kind. */
export type About = Partial<Omit<SandboxDataSet, 'csv'>>;

export interface Digest {
	readonly bytes: number;
	readonly rows: number;
	readonly sha256: string;
}

/** A DataSet with everything unsaid filled in; the ID follows from the name. */
export function dataSet(about: About & Pick<SandboxDataSet, 'name' | 'columns' | 'rows' | 'csv'>): SandboxDataSet {
	return {
		id: guid(about.name),
		pdpEnabled: false,
		owner: { id: 587894148, name: 'Sandbox Owner' },
		createdAt: '2024-02-29T08:00:00.567Z',
		updatedAt: '2025-06-01T05:15:00.567Z',
		dataCurrentAt: '2025-06-01T05:14:41.089Z',
		...about,
	};
}

/** What a whole export with its header comes to, without HTTP. */
export async function digest(of: SandboxDataSet): Promise<Digest> {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of of.csv({ header: true, rows: of.rows })) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { bytes, rows: of.rows, sha256: hash.digest('hex') };
}

/** A GUID in Domo's form that is always the same for the same text. */
export function guid(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
		'-',
	);
}
/** Columns in the order they are named. */
export function columns(types: Readonly<Record<string, ColumnType>>): readonly Column[] {
	return Object.entries(types).map(([name, type]) => ({ name, type }));
}
