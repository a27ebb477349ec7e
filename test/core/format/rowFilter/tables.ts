import * as fc from 'fast-check';
import type { Column, ColumnType } from '../../../../core/domo/schema';
import type { Cell } from '../../../../core/format/csv/row';
import type { Condition, Operator, RowFilter } from '../../../../core/format/formatOptions';
import { isReversed } from './model';

const PIECES = ['a', 'A', 'b', 'é', 'É', 'ß', '漢', '😀', '\uffee', ' ', '"', ',', '\n', '\r\n', '\\N', '0', '='];

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
const sign = fc.constantFrom('', '-', '+');
const day = fc.date({ min: new Date('1600-01-01'), max: new Date('2400-01-01'), noInvalidDate: true });
const isoDay = day.map((date) => date.toISOString().slice(0, 10));
const time = day.map((date) => date.toISOString().slice(11, 19));

const long = fc.oneof(
	fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
	fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map(String),
	fc.integer({ min: -3, max: 3 }).map(String),
	fc.tuple(sign, digits(5)).map((parts) => parts.join('')),
);
const decimal = fc
	.tuple(
		sign,
		digits(20),
		fc.oneof(
			fc.constant(''),
			digits(20).map((text) => `.${text}`),
		),
		fc.constantFrom('', 'e2', 'E-3'),
	)
	.map((parts) => parts.join(''));

/** Values and cells of each type, few enough that some are equal. */
type Texts = Readonly<Record<ColumnType, fc.Arbitrary<string>>>;

const TEXTS: Texts = {
	STRING: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
	LONG: long,
	DECIMAL: fc.oneof(decimal, long, fc.constantFrom('0.10', '0.1', '.1', '-0.0', '0', '1e1', '10')),
	DOUBLE: fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
		fc.constantFrom('0', '-0', '1', '1.0', '1e0', '-1'),
	),
	DATE: fc.oneof(isoDay, fc.constantFrom('2024-02-29', '2024-03-01')),
	DATETIME: fc.oneof(
		fc
			.tuple(isoDay, fc.constantFrom('T', ' '), time, fc.constantFrom('', '.5', '.500000001'), fc.constantFrom('', 'Z'))
			.map((parts) => parts.join('')),
		fc.constantFrom('2024-02-29T00:00:00', '2024-02-29 00:00:00', '2024-02-29', '2024-02-29T01:00:00+01:00'),
	),
};

const TYPES = Object.keys(TEXTS) as ColumnType[];
const TYPED: readonly Operator[] = [
	'is',
	'isNot',
	'isOneOf',
	'isEmpty',
	'isNotEmpty',
	'greater',
	'atLeast',
	'less',
	'atMost',
	'between',
];
const TEXTUAL: readonly Operator[] = [...TYPED, 'contains', 'startsWith', 'endsWith'];

/** A DataSet and a filter that fits it. */
export interface FilterCase {
	readonly columns: readonly Column[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
	readonly filter: RowFilter;
}

const cellOf = (texts: Texts, type: ColumnType): fc.Arbitrary<Cell> =>
	fc.oneof(
		{ weight: 6, arbitrary: texts[type] as fc.Arbitrary<Cell> },
		{ weight: 1, arbitrary: fc.constantFrom<Cell>(null, '') },
	);

const countOf: Readonly<Partial<Record<Operator, readonly [number, number]>>> = {
	isEmpty: [0, 0],
	isNotEmpty: [0, 0],
	between: [2, 2],
	isOneOf: [1, 4],
};

function aCondition(texts: Texts, columns: readonly Column[], ignoreCase: boolean): fc.Arbitrary<Condition> {
	return fc.nat({ max: columns.length - 1 }).chain((place) => {
		const { name, type } = columns[place] ?? { name: '', type: 'STRING' };
		return fc.constantFrom(...(type === 'STRING' ? TEXTUAL : TYPED)).chain((operator) => {
			const [minLength, maxLength] = countOf[operator] ?? [1, 1];
			return fc.array(texts[type], { minLength, maxLength }).map((values): Condition => {
				const isWrong = operator === 'between' && isReversed(values, type, ignoreCase);
				return { column: name, operator, values: isWrong ? [...values].reverse() : values };
			});
		});
	});
}

const filterCases = (texts: Texts, maxLength: number): fc.Arbitrary<FilterCase> =>
	fc
		.tuple(fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }), fc.boolean())
		.chain(([types, ignoreCase]) => {
			const columns = types.map((type, place): Column => ({ name: `${place} "é", ${type}`, type }));
			const row: fc.Arbitrary<Cell[]> = fc.tuple(...types.map((type) => cellOf(texts, type)));
			return fc.record({
				columns: fc.constant(columns),
				rows: fc.array(row, { maxLength }),
				filter: fc.record({
					conditions: fc.array(aCondition(texts, columns, ignoreCase), { maxLength: 3 }),
					match: fc.constantFrom('all' as const, 'any' as const),
					ignoreCase: fc.constant(ignoreCase),
					timeZone: fc.constant('UTC'),
				}),
			});
		});

export const aFilterCase = filterCases(TEXTS, 12);

/** Values that DuckDB has types for: DECIMAL(38, 18), and times of microseconds. */
export const aDuckDbCase = filterCases(
	{
		...TEXTS,
		LONG: fc.oneof(
			fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
			fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map(String),
			fc.constantFrom('0', '007', '7', '-7', '1', '100'),
		),
		DECIMAL: fc.oneof(
			fc
				.tuple(fc.constantFrom('', '-'), digits(20), digits(18))
				.map(([minus, whole, part]) => `${minus}${whole}.${part}`),
			fc
				.tuple(fc.constantFrom('', '-'), digits(2), digits(1))
				.map(([minus, whole, part]) => `${minus}${whole}.${part}`),
			fc.constantFrom('0.10', '0.1', '-0.0', '0', '10', '123456789012345', '123456789012345.000000000000000001'),
		),
		DATETIME: fc
			.tuple(isoDay, fc.constantFrom('T', ' '), time, fc.constantFrom('', '.5', '.500001'))
			.map((parts) => parts.join('')),
	},
	40,
);
