import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Column, ColumnType } from '../../core/domo/schema';
import type { Condition, RowFilter } from '../../core/format/formatOptions';
import { RowSelector } from '../../core/format/rowFilter/rowSelector';
import { aDuckDbCase, type FilterCase } from '../core/format/rowFilter/tables';
import { bytesOf } from '../core/format/bodies';
import { aCsvForm, csvOf, fleeting, readText } from '../core/format/rows';
import { RUNS } from '../core/runs';
import { type Choice, chooseRows } from './readers/duckDb';

/** A reader has a minute for its answer. */
const AT_ONCE = 1000;

const NOW = new Date('2026-03-10T09:00:00Z');
const TYPES: Readonly<Record<ColumnType, string>> = {
	STRING: 'VARCHAR',
	LONG: 'BIGINT',
	DECIMAL: 'DECIMAL(38, 18)',
	DOUBLE: 'DOUBLE',
	DATE: 'DATE',
	DATETIME: 'TIMESTAMP',
};
const SIGNS: Readonly<Record<string, string>> = {
	greater: '>',
	atLeast: '>=',
	less: '<',
	atMost: '<=',
	is: '=',
	isNot: '<>',
};
const FUNCTIONS: Readonly<Record<string, string>> = {
	contains: 'contains',
	startsWith: 'starts_with',
	endsWith: 'ends_with',
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A condition as somebody would write it in SQL. */
function sqlOf({ column, operator, values }: Condition, columns: readonly Column[], ignoreCase: boolean): string {
	const place = columns.findIndex(({ name }) => name === column);
	const type = columns[place]?.type ?? 'STRING';
	const cell = `c${place}`;
	const isEmpty = `(${cell} IS NULL OR ${cell} = '')`;
	if (operator === 'isEmpty') return isEmpty;
	if (operator === 'isNotEmpty') return `NOT ${isEmpty}`;
	const fold = (sql: string) => (type === 'STRING' && ignoreCase ? `lower(${sql})` : `(${sql})::${TYPES[type]}`);
	const own = fold(`nullif(${cell}, '')`);
	const [first = '', last = ''] = values.map((value) => fold(quoted(value)));
	if (operator === 'between') return `coalesce(${own} BETWEEN ${first} AND ${last}, false)`;
	if (operator === 'isOneOf')
		return `coalesce(${own} IN (${values.map((value) => fold(quoted(value))).join(', ')}), false)`;
	const called = FUNCTIONS[operator];
	if (called !== undefined) return `coalesce(${called}(${own}, ${first}), false)`;
	return `coalesce(${own} ${SIGNS[operator]} ${first}, ${operator === 'isNot'})`;
}

function whereOf({ conditions, match, ignoreCase }: RowFilter, columns: readonly Column[]): string {
	const all = conditions.map((condition) => sqlOf(condition, columns, ignoreCase));
	return all.length === 0 ? 'true' : all.join(match === 'all' ? ' AND ' : ' OR ');
}

/** With the number of its row in front of each. */
function numbered({ columns, rows }: FilterCase): FilterCase['rows'] {
	return [['row', ...columns.map(({ name }) => name)], ...rows.map((row, place) => [String(place + 1), ...row])];
}

async function chosenBy({ columns, filter }: FilterCase, csv: string): Promise<string[]> {
	const selector = new RowSelector(filter, [{ name: 'row', type: 'LONG' }, ...columns], NOW);
	const text = String(await bytesOf(selector.select(fleeting([Buffer.from(csv)]))));
	const [, ...rows] = await readText(text);
	return rows.map(([row]) => String(row));
}

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

test('conditions choose the rows that WHERE chooses in DuckDB, of the same CSV', async () => {
	const cases = fc.sample(fc.tuple(aDuckDbCase, aCsvForm), RUNS.numRuns);
	const choices: Array<Choice & { readonly csv: string; readonly ours: string[] }> = [];
	for (const [place, [one, form]] of cases.entries()) {
		const csv = csvOf(numbered(one), form);
		const path = join(folder, `${place}.csv`);
		await writeFile(path, csv);
		const columns = ['id', ...one.columns.map((_, index) => `c${index}`)];
		choices.push({ path, columns, where: whereOf(one.filter, one.columns), csv, ours: await chosenBy(one, csv) });
	}
	const expected: string[][] = [];
	for (let from = 0; from < choices.length; from += AT_ONCE) {
		const choicesPath = join(folder, 'choices.json');
		await writeFile(choicesPath, JSON.stringify(choices.slice(from, from + AT_ONCE)));
		expected.push(...(await chooseRows(choicesPath)));
	}
	const differing = choices
		.map(({ where, csv, ours }, place) => ({ where, csv, ours, theirs: expected[place] }))
		.filter(({ ours, theirs }) => String(ours) !== String(theirs));
	expect(differing.slice(0, 3)).toEqual([]);
	expect(expected.flat().length).toBeGreaterThan(cases.length);
}, 600_000);
