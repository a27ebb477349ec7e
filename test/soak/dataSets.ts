import * as dataSets from '../../sandbox/domo/dataSets';
import { type Digest, digest, type SandboxDataSet } from '../../sandbox/domo/domo';
import type { DrawnItem } from './draw';

/** The most one of several DataSets of an execution comes to. */
const SHARED_BYTES = 4 * 1024 * 1024;

/** What one item copies. */
export interface Source {
	readonly dataSet: SandboxDataSet;
	readonly whole: Digest;
	/** Up to this byte at least one record is missing. */
	readonly beforeLast: number;
}

/** Makes a DataSet that no other execution knows. */
export async function sourceOf(item: DrawnItem, name: string, isAlone: boolean): Promise<Source> {
	const dataSet = made(item, { name, gzip: item.gzip }, isAlone ? item.bytes : Math.min(item.bytes, SHARED_BYTES));
	const { rows } = dataSet;
	const shorter = rows === 0 ? 0 : (await digestAt(dataSet, rows - 1)).bytes;
	return { dataSet, whole: await digest(dataSet), beforeLast: shorter };
}

/** What an export of so many rows comes to. */
export async function digestAt(dataSet: SandboxDataSet, rows: number): Promise<Digest> {
	return await digest({ ...dataSet, rows });
}

type Naming = { readonly name: string; readonly gzip: boolean };

function made({ kind, width, rows }: DrawnItem, about: Naming, bytes: number): SandboxDataSet {
	switch (kind) {
		case 'wide':
			return dataSets.wide(width, rows, about);
		case 'large':
		case 'manyQuotes':
			return dataSets[kind]({ ...about, bytes });
		default:
			return dataSets[kind](about);
	}
}
