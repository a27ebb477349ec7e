import { selectColumns } from '../../../../core/format/rows/columnSelection';
import type { ColumnSelection } from '../../../../core/format/formatOptions';
import { columnsOf, EVERY_COLUMN, faultOf } from '../rows';

const SCHEMA = columnsOf('Order ID:LONG', 'Customer', 'customer', 'Discount %:DECIMAL', '_BATCH_ID_:DOUBLE');
const HEADER = SCHEMA.map(({ name }) => name);

const choose = (choice: Partial<ColumnSelection>, schema = SCHEMA) =>
	selectColumns({ ...EVERY_COLUMN, ...choice }, schema);
const namesOf = (choice: Partial<ColumnSelection>) => choose(choice).columns.map(({ name }) => name);

test.each<[string, Partial<ColumnSelection>, string[]]>([
	['all', {}, HEADER],
	['only some, as listed', { kind: 'only', names: ['customer', 'Order ID'] }, ['customer', 'Order ID']],
	[
		'only some, as in the DataSet',
		{ kind: 'only', names: ['customer', 'Order ID'], order: 'asInDataSet' },
		['Order ID', 'customer'],
	],
	['all except some', { kind: 'except', names: ['customer', '_BATCH_ID_'] }, ['Order ID', 'Customer', 'Discount %']],
	['no batch columns', { dropBatchColumns: true }, ['Order ID', 'Customer', 'customer', 'Discount %']],
	[
		'some renamed',
		{ kind: 'only', names: ['Customer', 'customer'], renamed: [['Customer', 'Customer "name"']] },
		['Customer "name"', 'customer'],
	],
	[
		'two names swapped',
		{
			kind: 'only',
			names: ['Customer', 'customer'],
			renamed: [
				['Customer', 'customer'],
				['customer', 'Customer'],
			],
		},
		['customer', 'Customer'],
	],
])('%s: the file has these columns', (_, choice, names) => {
	expect(namesOf(choice)).toEqual(names);
});

/** Columns whose names begin or end with spaces, and one that has both. */
const SPACED = columnsOf('a', ' b', 'c ', 'd', ' d ');

test.each<[string, readonly string[], readonly string[]]>([
	['without the spaces of the column', ['b', 'c'], [' b', 'c ']],
	['with spaces that the column has not', [' a '], ['a']],
	['exactly', [' b', 'c ', ' d ', 'd'], [' b', 'c ', ' d ', 'd']],
	['with other spaces', ['  b\t', '\u00a0c'], [' b', 'c ']],
	['so that only spaces tell two apart', ['d'], ['d']],
])('columns typed %s are found', (_, names, expected) => {
	const { columns } = choose({ kind: 'only', names }, SPACED);
	expect(columns.map(({ name }) => name)).toEqual(expected);
	const renamed = choose({ renamed: names.map((name, at) => [name, `new ${at}`] as const) }, SPACED).columns;
	expect(renamed.filter(({ name }) => name.startsWith('new'))).toHaveLength(names.length);
	const left = choose({ kind: 'except', names }, SPACED).columns;
	expect(left.map(({ name }) => name)).toEqual(
		SPACED.map(({ name }) => name).filter((name) => !expected.includes(name)),
	);
});

test('a renamed column keeps its type', () => {
	const { columns } = choose({ kind: 'only', names: ['Order ID'], renamed: [['Order ID', 'id']] });
	expect(columns).toEqual([{ name: 'id', type: 'LONG' }]);
});

test.each<[string, Partial<ColumnSelection>, string]>([
	[
		'an unknown column',
		{ kind: 'only', names: ['Custmer'] },
		'Column Names or IDs: the DataSet has no column "Custmer"',
	],
	[
		'an unknown column to leave out',
		{ kind: 'except', names: ['Discount'] },
		'Column Names or IDs: the DataSet has no column "Discount"',
	],
	[
		'an unknown column to rename',
		{ renamed: [['OrderID', 'id']] },
		'Rename Columns: the DataSet has no column "OrderID"',
	],
	[
		'a column listed twice',
		{ kind: 'only', names: ['Customer', 'Customer'] },
		'Column Names or IDs: "Customer" is listed twice',
	],
	['no column left', { kind: 'except', names: HEADER }, 'Columns: no columns are left to write'],
	[
		'a rename of a column that is not written',
		{ kind: 'only', names: ['Customer'], renamed: [['customer', 'c']] },
		'Rename Columns: "customer" is not among the columns that are written',
	],
	[
		'a new name that another column has',
		{ renamed: [['customer', 'Customer']] },
		'Rename Columns: "Customer" and "customer" would both be named "Customer"',
	],
	[
		'one new name for two columns',
		{
			renamed: [
				['Customer', 'who'],
				['customer', 'who'],
			],
		},
		'Rename Columns: "Customer" and "customer" would both be named "who"',
	],
	[
		'a column renamed twice',
		{
			renamed: [
				['Customer', 'who'],
				['Customer', 'whom'],
			],
		},
		'Rename Columns: "Customer" is renamed twice',
	],
	[
		'a column renamed twice, once with spaces',
		{
			renamed: [
				['customer', 'who'],
				[' customer ', 'who'],
			],
		},
		'Rename Columns: "customer" is renamed twice',
	],
	[
		'a column listed twice, once with spaces',
		{ kind: 'only', names: ['Customer', ' Customer'] },
		'Column Names or IDs: "Customer" is listed twice',
	],
	['an empty new name', { renamed: [['Customer', '']] }, 'Rename Columns: "Customer" has an empty new name'],
])('%s is refused with its name', async (_, choice, message) => {
	expect(await faultOf(() => choose(choice))).toMatchObject({ reason: 'setting', message });
});

test('cells follow their column to its place', () => {
	const project = choose({ kind: 'only', names: ['customer', 'Order ID'] }).project(HEADER);
	expect(project([['1', 'A', 'b', null, 'x']])).toEqual([['b', '1']]);
});

test('cells are found by name when the export has another order than the schema', () => {
	const project = choose({ kind: 'only', names: ['Customer', 'customer'] }).project([...HEADER].reverse());
	expect(project([['x', null, 'b', 'A', '1']])).toEqual([['A', 'b']]);
});

test('columns of the same name count by their order', () => {
	const project = choose({ kind: 'except', names: ['b'] }, columnsOf('a', 'b', 'a')).project(['b', 'a', 'a']);
	expect(project([['2', '1', '3']])).toEqual([['1', '3']]);
});

test('all columns as they are cost nothing: the rows are the same objects', () => {
	const rows = [['1', 'A', 'b', null, 'x']];
	expect(choose({}).project(HEADER)(rows)).toBe(rows);
});

test.each([
	['lacks a column', HEADER.slice(1), 'its header row lacks "Order ID"'],
	['has one more', [...HEADER, 'new'], 'its header row has "new", which was not there before'],
	['has another name', [...HEADER.slice(0, 4), 'new'], 'its header row lacks "_BATCH_ID_"'],
])('an export that %s is worth another try', async (_, header, what) => {
	expect(await faultOf(() => choose({}).project(header))).toMatchObject({
		reason: 'rowsDiffer',
		retryable: true,
		message: `The DataSet's columns changed during the export: ${what}`,
	});
});
