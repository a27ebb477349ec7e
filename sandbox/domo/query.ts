import { badRequest } from './answers';
import type { Column, SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { readJson, sendJsonText } from './exchange';
import { type Select, selectIn } from './sql';

/** The answer is one document in memory: the double gives no more than this, and Domo itself caps at 1,000,000. */
const MOST_ROWS = 10_000;

/** `POST /v1/datasets/query/execute/{id}` with `{"sql": …}` and nothing else; sql.ts says which SQL. */
export async function sendQuery(exchange: Exchange, dataSet: SandboxDataSet): Promise<void> {
	if (!/^application\/json\b/i.test(exchange.request.headers['content-type'] ?? ''))
		return badRequest(exchange, 'The query is JSON');
	const sql = sqlIn(await readJson(exchange.request));
	if (sql === undefined) return badRequest(exchange, 'The query is {"sql": "…"}');
	const select = selectIn(sql, dataSet.columns);
	if (typeof select === 'string') return badRequest(exchange, select);
	// Domo has been seen to refuse a query on what holds nothing.
	if (dataSet.rows === 0) return badRequest(exchange, 'The DataSet has no data');
	sendJsonText(exchange, 200, documentOf(dataSet, select, await recordsOf(dataSet, select)));
}

function sqlIn(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || Object.keys(body).join() !== 'sql') return undefined;
	return 'sql' in body && typeof body.sql === 'string' ? body.sql : undefined;
}

async function recordsOf(dataSet: SandboxDataSet, { limit }: Select): Promise<string[][]> {
	const rows = Math.min(dataSet.rows, limit ?? MOST_ROWS, MOST_ROWS);
	const text: Buffer[] = [];
	for await (const chunk of dataSet.csv({ header: false, rows })) text.push(chunk);
	return parse(Buffer.concat(text).toString('utf8'));
}

/** As text, since a number of JavaScript would lose digits that Domo sends. */
function documentOf(dataSet: SandboxDataSet, { columns }: Select, records: readonly string[][]): string {
	const rows = records.map((record) => `[${columns.map(({ place, type }) => valueOf(record[place], type)).join()}]`);
	const metadata = columns.map(({ type }) => ({
		type,
		dataSourceId: dataSet.id,
		maxLength: -1,
		minLength: -1,
		periodIndex: 0,
	}));
	const before = { datasource: dataSet.id, columns: columns.map(({ name }) => name), metadata };
	const after = { numRows: records.length, numColumns: columns.length, fromcache: true };
	return `${JSON.stringify(before).slice(0, -1)},"rows":[${rows.join()}],${JSON.stringify(after).slice(1)}`;
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

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A field as JSON. */
function valueOf(field = '', type: Column['type']): string {
	if (field === '' || field === '\\N') return 'null';
	const text = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
	if (type === 'DATETIME') return JSON.stringify(text.replace(' ', 'T'));
	const isNumeric = type === 'LONG' || type === 'DECIMAL' || type === 'DOUBLE';
	return isNumeric && NUMBER.test(text) ? text : JSON.stringify(text);
}
