import type { Row } from '../csv/row';
import type { ColumnSelection } from '../formatOptions';
import { checkAsText, noSuchColumn } from './columnErrors';
import { projection, type RowTransform } from './projection';
import type { Column } from '../../domo/schema';
import { invalidParameter, sanitize } from '../../support/errors';

/** The columns of the file, and how they are found in an export. */
export interface SelectedColumns {
	/** As the file names and orders them. */
	readonly columns: readonly Column[];
	/** Whether they are all of the DataSet's, under their own names and in its order. */
	readonly isWholeDataSet: boolean;
	/** Of each, whether the file keeps it as text. */
	readonly isText: readonly boolean[];
	/** The same columns, with the types that the file keeps them as. */
	typed(columns: readonly Column[]): readonly Column[];
	/**
	 * Picks their cells out of the rows that follow this header row, by name; columns of the same name count by their order.
	 * Throws a retryable `rowsDiffer` when the export's columns are not those of the schema.
	 */
	project(header: Row): RowTransform;
}

/** What Domo adds to a DataSet that is appended to. */
const BATCH_COLUMNS: ReadonlySet<string> = new Set(['_BATCH_ID_', '_BATCH_LAST_RUN_']);

/** The labels of the pane. */
const COLUMNS = 'Columns';
const NAMES = 'Column Names or IDs';
const RENAME = 'Rename Columns';

/** A column and its place in the schema. */
interface Placed {
	readonly column: Column;
	readonly place: number;
}

/**
 * The columns that a choice means in this schema. Throws `setting` for a name that the DataSet does not have, for one that is listed twice, for
 * a choice that leaves nothing, and for a rename that has no column or gives a name away twice.
 */
export function selectColumns(choice: ColumnSelection, schema: readonly Column[]): SelectedColumns {
	const chosen = chooseIn(
		schema.map((column, place) => ({ column, place })),
		choice,
	);
	if (schema.length === 0) {
		throw invalidParameter(
			COLUMNS,
			'the DataSet has none',
			'Load data into it in Domo first. Without File Format options, it is copied as it is.',
		);
	}
	if (chosen.length === 0) {
		throw invalidParameter(
			COLUMNS,
			'no columns are left to write',
			"Choose at least one column, or set 'Columns' to All.",
		);
	}
	const columns = rename(
		chosen.map(({ column }) => column),
		readRenamed(choice.renamed, schema),
		schema,
	);
	const { asText = [] } = choice;
	checkAsText(
		asText,
		chosen.map(({ column }) => column.name),
		schema.map(({ name }) => name),
	);
	const isText = chosen.map(({ column }) => asText.includes(column.name));
	const indexes = chosen.map(({ place }) => place);
	// New names may make columns in another order look like the DataSet's.
	const isInPlace = (name: string, at: number) => indexes[at] === at && name === schema[at]?.name;
	const isWholeDataSet = columns.length === schema.length && columns.every(({ name }, at) => isInPlace(name, at));
	return {
		columns,
		isWholeDataSet,
		isText,
		typed: (written) =>
			written.map((column, place) => (isText[place] === true ? { ...column, type: 'STRING' } : column)),
		project: (header) => projection(header, schema, indexes),
	};
}

function chooseIn(all: readonly Placed[], choice: ColumnSelection): readonly Placed[] {
	const { kind, order } = choice;
	const remaining = choice.dropBatchColumns ? all.filter(({ column }) => !BATCH_COLUMNS.has(column.name)) : all;
	if (kind === 'all') return remaining;
	const byName = all.map(({ column }) => column.name);
	const names = choice.names.map((name) => columnMeant(name, byName));
	checkNames(names, byName);
	const listed = new Set(names);
	if (kind === 'except') return remaining.filter(({ column }) => !listed.has(column.name));
	if (order === 'asInDataSet') return remaining.filter(({ column }) => listed.has(column.name));
	return names.flatMap((name) => remaining.filter(({ column }) => column.name === name));
}

/** The column that was typed: the very name, or else the one that differs in nothing but the spaces around it. */
export function columnMeant(typed: string, byName: readonly string[]): string {
	if (byName.includes(typed)) return typed;
	const trimmed = typed.trim();
	return byName.includes(trimmed) ? trimmed : (byName.find((name) => name.trim() === trimmed) ?? trimmed);
}

/** The new names by column. */
function readRenamed(renamed: ColumnSelection['renamed'], schema: readonly Column[]): ReadonlyMap<string, string> {
	const byName = schema.map(({ name }) => name);
	const found = new Map<string, string>();
	for (const [typed, to] of renamed) {
		const from = columnMeant(typed, byName);
		if (found.has(from)) {
			throw invalidParameter(RENAME, `"${sanitize(from)}" is renamed twice`, 'Remove one of its two new names.');
		}
		found.set(from, to);
	}
	return found;
}

function checkNames(names: readonly string[], columns: readonly string[]): void {
	const byName = new Set(columns);
	const distinct = new Set<string>();
	for (const name of names) {
		if (!byName.has(name)) throw noSuchColumn(NAMES, name, columns);
		if (distinct.has(name))
			throw invalidParameter(NAMES, `"${sanitize(name)}" is listed twice`, 'List every column once.');
		distinct.add(name);
	}
}

function rename(
	columns: readonly Column[],
	renamed: ReadonlyMap<string, string>,
	schema: readonly Column[],
): readonly Column[] {
	if (renamed.size === 0) return columns;
	for (const [from, to] of renamed) checkRename(from, to, columns, schema);
	const named = columns.map(({ name, type }) => ({ name: renamed.get(name) ?? name, type }));
	const taken = new Map<string, string>();
	for (const [index, { name }] of named.entries()) {
		const from = columns[index]?.name ?? '';
		const other = taken.get(name);
		// Two columns that Domo itself gives the same name aren't the user's mistake.
		if (other !== undefined && (renamed.has(from) || renamed.has(other))) {
			const what = `"${sanitize(other)}" and "${sanitize(from)}" would both be named "${sanitize(name)}"`;
			throw invalidParameter(RENAME, what, 'Give every column of the file its own name.');
		}
		taken.set(name, from);
	}
	return named;
}

function checkRename(from: string, to: string, columns: readonly Column[], schema: readonly Column[]): void {
	if (columns.some(({ name }) => name === from)) {
		if (to !== '') return;
		throw invalidParameter(RENAME, `"${sanitize(from)}" has an empty new name`, 'Enter its new name in the file.');
	}
	const names = schema.map(({ name }) => name);
	if (!names.includes(from)) throw noSuchColumn(RENAME, from, names);
	throw invalidParameter(
		RENAME,
		`"${sanitize(from)}" is not among the columns that are written`,
		"Add it to the columns of 'Columns', or remove its new name.",
	);
}
