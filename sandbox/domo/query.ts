import { badRequest } from './answers';
import type { Column, SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { readJson, sendJson } from './exchange';

/** The answer is one document in memory: the double gives no more than this, and Domo itself caps at 1,000,000. */
const MOST_ROWS = 10_000;

/** `POST /v1/datasets/query/execute/{id}`; knows `SELECT * FROM table`, with or without LIMIT. */
export async function sendQuery(exchange: Exchange, dataSet: SandboxDataSet): Promise<void> {
	if (!/^application\/json\b/i.test(exchange.request.headers['content-type'] ?? ''))
		return badRequest(exchange, 'The query is JSON');
	const body = await readJson(exchange.request);
	const sql = typeof body === 'object' && body !== null && 'sql' in body ? body.sql : undefined;
	const select =
		typeof sql === 'string' ? /^\s*select\s+\*\s+from\s+table(?:\s+limit\s+(\d+))?\s*;?\s*$/i.exec(sql) : null;
	if (!select) return badRequest(exchange, 'The sandbox knows SELECT * FROM table');
	// Domo has been seen to refuse a query on what holds nothing.
	if (dataSet.rows === 0) return badRequest(exchange, 'The DataSet has no data');
	const rows = Math.min(dataSet.rows, Number(select[1] ?? MOST_ROWS), MOST_ROWS);
	const text: Buffer[] = [];
	for await (const chunk of dataSet.csv({ header: false, rows })) text.push(chunk);
	const records = parse(Buffer.concat(text).toString('utf8'));
	sendJson(exchange, 200, {
		datasource: dataSet.id,
		columns: dataSet.columns.map(({ name }) => name),
		metadata: dataSet.columns.map(({ type }) => ({
			type,
			dataSourceId: dataSet.id,
			maxLength: -1,
			minLength: -1,
			periodIndex: 0,
		})),
		rows: records.map((record) => record.map((field, index) => value(field, dataSet.columns[index]))),
		numRows: records.length,
		numColumns: dataSet.columns.length,
		fromcache: true,
	});
}

/** Records of fields as they stand, quotes included. */
function parse(text: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	for (const [, field = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)) {
		if (field === '' && end === '' && record.length === 0) break;
		record.push(field);
		if (end === ',') continue;
		records.push(record);
		record = [];
	}
	return records;
}

function value(field: string, column: Column | undefined): string | number | null {
	if (field === '' || field === '\\N') return null;
	const text = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
	if (column?.type === 'DATETIME') return text.replace(' ', 'T');
	return column?.type === 'LONG' || column?.type === 'DECIMAL' || column?.type === 'DOUBLE' ? Number(text) : text;
}
