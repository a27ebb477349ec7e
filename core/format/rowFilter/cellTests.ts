import type { ColumnType } from '../../domo/schema';
import type { Operator } from '../formatOptions';
import type { Clock } from './clockTimes';
import type { CellUse } from './byteText';
import { type Comparison, ordered } from './operators';
import { textTest } from './textTest';
import { compareBound } from './plainValues';
import { DATE, DATETIME, DECIMAL, DOUBLE, LONG, type ValueType } from './valueTypes';

/** Whether a cell that is not empty is what a condition asks for; undefined where it is no value of its column's type. */
export type CellTest = CellUse<boolean | undefined>;

export interface TestOptions extends Clock {
	readonly ignoreCase: boolean;
}

/** A test of cells; or the first of `values` that is no value of the type, or that a range ends before it begins. */
export type MadeTest = { readonly test: CellTest } | { readonly misfit: string } | { readonly isReversed: true };

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
			return madeOf(textTest(operator, values, options.ignoreCase));
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
	const [first, last] = values;
	const isRange = operator === 'between' && first !== undefined && last !== undefined;
	// It holds nothing, and was hardly meant.
	if (isRange && type.compare(first, last) > 0) return { isReversed: true };
	const ascending = [...values].sort(type.compare);
	const isMet = ordered(operator, ascending, type.compare);
	const isPlainMet = ordered(operator, ascending.map(type.bound), compareBound);
	return {
		test: ({ bytes, text }, from, to) => {
			const plain = type.plain(bytes, from, to);
			if (!Number.isNaN(plain)) return isPlainMet(plain);
			const cell = type.readCell(text.slice(from, to));
			return cell === undefined ? undefined : isMet(cell);
		},
	};
}

function madeOf(test: CellTest | undefined): MadeTest {
	return test === undefined ? { isReversed: true } : { test };
}
