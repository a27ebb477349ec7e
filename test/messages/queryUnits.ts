import { Readable } from 'node:stream';
import { walkDataSets } from '../../core/domo/dataSetWalk';
import { runQuery } from '../../core/domo/query';
import type { DomoRequest } from '../../core/domo/request';
import { tooMuch } from '../../nodes/Domo/operations/operation';

const ID = '6f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f';

/** What the node Domo says of DataSets and answers that no test makes as large or as slow as they would have to be. */
export const QUERY_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a list without end, as it is walked', async () => await walk()],
	['a query without end', async () => await run(answering(million()))],
	['a query that takes too long', async () => await run(answering([], 504), 0)],
	['a result that lacks rows', async () => await run(answering(['{"columns":[],"rows":[],"numRows":1}']))],
	['a result that breaks off', async () => await run(answering(broken()))],
	['a query that is stopped', async () => await run(answering(['{']), 60_000, AbortSignal.abort())],
	['rows that fill the memory', () => thrown(tooMuch('Limit'))],
	['all rows that fill the memory', () => thrown(tooMuch('Return All'))],
	['a result that fills the memory', () => thrown(tooMuch('SQL'))],
];

function answering(body: Iterable<string> | AsyncIterable<string>, status = 200): DomoRequest {
	return async () => ({ status, headers: {}, body: Readable.from(body) });
}

async function run(domo: DomoRequest, mostMs = 60_000, signal = new AbortController().signal): Promise<void> {
	await runQuery(domo, { id: ID, sql: 'SELECT', onBytes: () => undefined, mostMs }, signal);
}

/** Every page is full. */
async function walk(): Promise<void> {
	const page = JSON.stringify(Array.from({ length: 50 }, (_, at) => ({ id: String(at) })));
	for await (const dataSet of walkDataSets((query) => answering([page])(query), '')) void dataSet;
}

function* million(): Generator<string> {
	yield '{"columns":["a"],"rows":[[1]';
	for (let batch = 0; batch < 1000; batch++) yield ',[1]'.repeat(1000);
}

async function* broken(): AsyncGenerator<string> {
	yield '{"columns":["a"],"rows":[[1]';
	throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
}

function thrown(fault: unknown): never {
	throw fault;
}
