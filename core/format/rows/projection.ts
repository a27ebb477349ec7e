import type { Row } from '../csv/row';
import type { Column } from '../../domo/schema';
import { sanitize, WritebackError } from '../../support/errors';

/** What becomes of a batch of rows. */
export type RowTransform = (rows: readonly Row[]) => readonly Row[];

/**
 * Picks the columns at these places of the schema out of the rows below a header row, wherever that has them. Throws a retryable `rowsDiffer`
 * when the two have not the same columns. All columns in order cost nothing.
 */
export function projection(header: Row, schema: readonly Column[], chosen: readonly number[]): RowTransform {
	const indexes = placesIn(header, schema, chosen);
	if (indexes.length === header.length && indexes.every((place, index) => place === index)) return (rows) => rows;
	return (rows) => rows.map((row) => indexes.map((place) => row[place] ?? null));
}

/** Where the header row has the columns at these places of the schema; those of the same name count by their order. Throws as `projection` does. */
export function placesIn(header: Row, schema: readonly Column[], chosen: readonly number[]): readonly number[] {
	const names = schema.map(({ name }) => name);
	const found = header.map((cell) => cell ?? '');
	const wanted = new Map(occurrences(names).map((name, place) => [name, place]));
	const given = new Map(occurrences(found).map((name, place) => [name, place]));
	const missing = [...wanted].find(([name]) => !given.has(name));
	if (missing !== undefined) throw changed(`lacks "${sanitize(names[missing[1]] ?? '')}"`);
	const added = [...given].find(([name]) => !wanted.has(name));
	if (added !== undefined) throw changed(`has "${sanitize(found[added[1]] ?? '')}", which was not there before`);
	const keys = [...wanted.keys()];
	return chosen.map((place) => given.get(keys[place] ?? '') ?? place);
}

/** Every name with the number of times that it came before: no two are alike. */
function occurrences(names: readonly string[]): string[] {
	const counts = new Map<string, number>();
	return names.map((name) => {
		const count = counts.get(name) ?? 0;
		counts.set(name, count + 1);
		return `${count} ${name}`;
	});
}

function changed(how: string): WritebackError {
	return new WritebackError('rowsDiffer', `The DataSet's columns changed during the export: its header row ${how}`, {
		hint: 'The schema of the DataSet was changed at that moment. Try again.',
	});
}
