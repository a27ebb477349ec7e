import type { ColumnType } from '../../domo/schema';
import type { Operator } from '../formatOptions';
import type { Clock } from './clockTimes';
import { bytesOf, compareText, foldedBytes } from './byteText';
import { DATE, DATETIME, DECIMAL, DOUBLE, LONG, type ValueType } from './valueTypes';

/** Whether a cell that is not empty, one character for each of its bytes, is what a condition asks for; undefined where it is no value of its column's type. */
export type CellTest = (bytes: string) => boolean | undefined;

export interface TestOptions extends Clock {
	readonly ignoreCase: boolean;
}

/** A test of cells; or the first of `values` that is no value of the type, or that a range ends before it begins. */
export type MadeTest = { readonly test: CellTest } | { readonly misfit: string } | { readonly isReversed: true };

/** The operators that compare. */
export type Comparison = Exclude<Operator, 'isEmpty' | 'isNotEmpty'>;

/** The operators that only text has. */
const ONLY_TEXT = ['contains', 'startsWith', 'endsWith'] as const;

export type TextOperator = (typeof ONLY_TEXT)[number];

/** The operator where the type lacks it; undefined where it has it. */
export function lackingOperator(type: ColumnType, operator: Operator): TextOperator | undefined {
	return type === 'STRING' ? undefined : ONLY_TEXT.find((only) => only === operator);
}

/** The test of an operator that the type has. */
export function cellTest(
	type: ColumnType,
	operator: Comparison,
	values: readonly string[],
	options: TestOptions,
): MadeTest {
	switch (type) {
		case 'STRING':
			return textTest(operator, values, options.ignoreCase);
		case 'LONG':
			return typedTest(LONG, operator, values, options);
		case 'DECIMAL':
			return typedTest(DECIMAL, operator, values, options);
		case 'DOUBLE':
			return typedTest(DOUBLE, operator, values, options);
		case 'DATE':
			return typedTest(DATE, operator, values, options);
		case 'DATETIME':
			return typedTest(DATETIME, operator, values, options);
	}
}

/** What a label and an example say of a type's values; undefined for text, which every value is. */
export function typeOfValues(type: ColumnType): Pick<ValueType<unknown>, 'label' | 'example'> | undefined {
	return { STRING: undefined, LONG, DECIMAL, DOUBLE, DATE, DATETIME }[type];
}

function typedTest<T>(type: ValueType<T>, operator: Comparison, texts: readonly string[], clock: Clock): MadeTest {
	const values: T[] = [];
	for (const text of texts) {
		const value = type.readValue(text, clock);
		if (value === undefined) return { misfit: text };
		values.push(value);
	}
	if (isReversed(operator, values, type)) return { isReversed: true };
	const isMet = ordered(operator, values, type);
	return {
		test: (bytes) => {
			const cell = type.readCell(bytes);
			return cell === undefined ? undefined : isMet(cell);
		},
	};
}

const TEXT = { compare: compareText, key: (bytes: string) => bytes };

function textTest(operator: Comparison, values: readonly string[], ignoreCase: boolean): MadeTest {
	const wanted = values.map((value) => bytesOf(ignoreCase ? value.toLowerCase() : value));
	if (isReversed(operator, wanted, TEXT)) return { isReversed: true };
	const isMet = textOperator(operator, wanted[0] ?? '') ?? ordered(operator, wanted, TEXT);
	return { test: ignoreCase ? (bytes) => isMet(foldedBytes(bytes)) : isMet };
}

/** UTF-8 has no character whose bytes stand inside those of another one. */
function textOperator(operator: Comparison, wanted: string): ((bytes: string) => boolean) | undefined {
	if (operator === 'contains') return (bytes) => bytes.includes(wanted);
	if (operator === 'startsWith') return (bytes) => bytes.startsWith(wanted);
	return operator === 'endsWith' ? (bytes) => bytes.endsWith(wanted) : undefined;
}

/** A range whose end is before its beginning holds nothing, and was hardly meant. */
function isReversed<T>(operator: Comparison, [first, last]: readonly T[], { compare }: Pick<ValueType<T>, 'compare'>) {
	return operator === 'between' && first !== undefined && last !== undefined && compare(first, last) > 0;
}

function ordered<T>(
	operator: Comparison,
	values: readonly T[],
	{ compare, key }: Pick<ValueType<T>, 'compare' | 'key'>,
): (cell: T) => boolean {
	const keys = new Set(values.map(key));
	const [first, last] = values;
	if (first === undefined || operator === 'isOneOf') return (cell) => keys.has(key(cell));
	switch (operator) {
		case 'greater':
			return (cell) => compare(cell, first) > 0;
		case 'atLeast':
			return (cell) => compare(cell, first) >= 0;
		case 'less':
			return (cell) => compare(cell, first) < 0;
		case 'atMost':
			return (cell) => compare(cell, first) <= 0;
		case 'between':
			return (cell) => compare(cell, first) >= 0 && last !== undefined && compare(cell, last) <= 0;
		case 'isNot':
			return (cell) => compare(cell, first) !== 0;
		default:
			return (cell) => compare(cell, first) === 0;
	}
}
