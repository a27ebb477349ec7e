import type { IDataObject } from 'n8n-workflow';
import { type Case, casesTo, TO_SFTP, yields } from '../case';
import { DATA_SETS, TWINS } from '../stage/dataSets';

const sftp = casesTo(TO_SFTP, DATA_SETS.plain.id);
const rows = (options: IDataObject, dataSet = DATA_SETS.plain.id) => ({ dataSet, parameters: { rows: options } });
const where = (column: string, operator: string, value: string, to = '') =>
	({ conditions: { condition: [{ column, operator, value, to }] } }) satisfies IDataObject;

const OF_NUMBERS = DATA_SETS.notANumber.id;

/** What is wrong in the pane Rows, alone or with a DataSet that it does not suit. */
export const rowsCases: readonly Case[] = [
	sftp('Conditions: there are none', rows({ conditions: yields([]) })),
	sftp('Conditions: one condition has no column', rows(where('', 'is', '1'))),
	sftp('Conditions: the condition on "a" has no value', rows(where('a', 'is', yields('')))),
	sftp('Conditions: the number 9007199254740992', rows(where('a', 'is', '={{ 2 ** 53 }}'))),
	sftp('Conditions: the DataSet has no column "A"', rows(where('A', 'is', '1'))),
	sftp('Conditions: the DataSet has more than one column', rows(where(twin(), 'is', '1'), TWINS.id)),
	sftp(
		'Conditions: column "a" is LONG, which doesn\'t support Contains',
		rows(where('a', 'contains', '1'), OF_NUMBERS),
	),
	sftp(
		'Conditions: column "a" is LONG, which doesn\'t support Starts With',
		rows(where('a', 'startsWith', '1'), OF_NUMBERS),
	),
	sftp(
		'Conditions: column "a" is LONG, which doesn\'t support Ends With',
		rows(where('a', 'endsWith', '1'), OF_NUMBERS),
	),
	sftp('Conditions: column "a" is LONG, and "x" is not', rows(where('a', 'is', 'x'), OF_NUMBERS)),
	sftp('Conditions: column "a" is STRING, and <current_date>', rows(where('a', 'is', '<current_date>'))),
	sftp('Conditions: no value is between "2" and "1"', rows(where('a', 'between', '2', '1'))),
	sftp('Conditions: row 1, column "a" holds "many"', rows(where('a', 'is', '1'), OF_NUMBERS)),
	sftp('Report Highest Value of Column Name or ID: it has no column', rows({ reportHighest: yields('') })),
	sftp('Report Highest Value of Column Name or ID: the DataSet has no column "A"', rows({ reportHighest: 'A' })),
	sftp(
		'Report Highest Value of Column Name or ID: the DataSet has more than one column',
		rows({ reportHighest: twin() }, TWINS.id),
	),
	sftp(
		'Report Highest Value of Column Name or ID: row 1, column "a" holds "many"',
		rows({ reportHighest: 'a' }, OF_NUMBERS),
	),
	sftp(
		'Report Highest Value of Column Name or ID: the highest value of column "a" has 1001',
		rows({ reportHighest: 'a' }, DATA_SETS.longText.id),
	),
	sftp('Limit: it must be a whole number', rows({ limit: yields(0) })),
	sftp('If No Rows: Skip keeps the old file', {
		parameters: { publishing: { ifNoRows: 'skip', temporaryName: 'none' } },
	}),
];

/** The name that two of its columns have. */
function twin(): string {
	const names = TWINS.columns.map(({ name }) => name);
	return names.find((name, place) => names.indexOf(name) !== place) ?? '';
}
