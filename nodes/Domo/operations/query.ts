import { runQuery } from '../../../core/domo/query';
import type { QueryCell } from '../../../core/domo/queryReader';
import { columnType } from '../../../core/domo/schema';
import { type TypedValue, typedValue } from '../../../core/format/typedValue';
import { invalidParameter, sanitize } from '../../../core/support/errors';
import { mapInTurns } from '../../../core/support/eventLoop';
import { readText } from '../../shared/optionsReader';
import { itemBytes, type Operation, readId, rowJson, tooMuch, twiceIn } from './operation';

/** The result of a query, whose values have the types that Domo tells. */
export const query: Operation = async (context) => {
	const { n8n, item, domo, signal, memory } = context;
	const id = readId(context);
	const sql = readText(n8n.getNodeParameter('sql', item, ''), 'SQL').trim();
	if (sql === '') throw invalidParameter('SQL', 'it is empty', 'Enter a query, e.g. SELECT * FROM table LIMIT 50.');
	const onBytes = (bytes: number) => {
		if (!memory.take(bytes)) throw tooMuch('SQL');
	};
	const onRow = (cells: number) => onBytes(itemBytes(cells));
	const { columns, types, rows } = await runQuery(domo, { id, sql, onBytes, onRow }, signal);
	const twice = twiceIn(columns);
	if (twice !== undefined) throw sameName(twice);
	return await mapInTurns(rows, (row) =>
		rowJson(
			columns,
			row.map((cell, index) => valueOf(cell, types[index])),
		),
	);
};

/** A number in a column whose type Domo does not tell is exact in any case. */
function valueOf(cell: QueryCell, type: string | undefined): TypedValue | boolean {
	if (cell === null || typeof cell === 'boolean') return cell;
	const known = columnType(type);
	if (typeof cell === 'string') return typedValue(cell, known ?? 'STRING');
	return typedValue(cell.digits, known ?? 'LONG');
}

function sameName(name: string): Error {
	return invalidParameter(
		'SQL',
		`two columns of the result are named "${sanitize(name)}", but an item can have only one of them`,
		'Rename one of them with AS, e.g. SELECT SUM(amount) AS total FROM table.',
	);
}
