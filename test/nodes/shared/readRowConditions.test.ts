import { optionsOf } from '../../../nodes/shared/optionsReader';
import { readRowConditions } from '../../../nodes/shared/readRowConditions';
import { conditions, match } from '../../../nodes/shared/rowConditions';
import { refusal } from '../../core/refusal';

const read = (condition: object) =>
	readRowConditions(optionsOf({ conditions: { condition: [condition] } }, 'Rows', [conditions, match]), 'UTC')
		.conditions;
const listOf = (value: unknown) => read({ column: 'a', operator: 'isOneOf', value })[0]?.values;

test.each([
	['north, south,', ['north', 'south']],
	[
		['north', 'so,uth'],
		['north', 'so,uth'],
	],
	['["north","so,uth"]', ['north', 'so,uth']],
	['[1, 2]', ['1', '2']],
	['[2.10, 3]', ['2.10', '3']],
	['[1234567.1234567890123, -1.50E+3]', ['1234567.1234567890123', '-1.50E+3']],
	['[12345678901234567890]', ['12345678901234567890']],
	['["a \\" 2.10, b", "7"]', ['a " 2.10, b', '7']],
	['[007]', ['[007]']],
	['[north', ['[north']],
])('the list %j has the values %j', (value, values) => {
	expect(listOf(value)).toEqual(values);
});

test.each([[['north', null]], [['north', '']], [[]], [','], ['[]'], ['["north", null]'], [[Number.NaN]]])(
	'the list %j has an entry without a value, and is refused',
	(value) => {
		expect(refusal(() => listOf(value))).toMatchObject({ message: 'Conditions: the condition on "a" has no value' });
	},
);

test.each([Number.NaN, Infinity, -Infinity, null, ' '])('%p is no value', (value) => {
	expect(refusal(() => read({ column: 'a', operator: 'isNot', value }))).toMatchObject({
		message: 'Conditions: the condition on "a" has no value',
	});
});

test.each([
	['Is at Least', 'atLeast'],
	['is greater than', 'greater'],
	['isNotEmpty', 'isNotEmpty'],
])('the operator %s may be given as the editor calls it', (operator, expected) => {
	expect(read({ column: 'a', operator, value: '1' })).toMatchObject([{ operator: expected }]);
});
