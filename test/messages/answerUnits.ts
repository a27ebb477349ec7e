import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { describeDataSet } from '../../core/domo/dataSet';
import { openExport } from '../../core/domo/export';
import type { DomoRequest } from '../../core/domo/request';
import { checkColumnCount, tooManyCells } from '../../core/format/csv/csvErrors';

const ID = '6f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f';
const OTHER = '7f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f';

/** Answers of Domo that no real one gives. */
export const ANSWER_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a description of another DataSet', async () => await describeDataSet(answering(JSON.stringify({ id: OTHER })), ID)],
	['a description without end', async () => await describeDataSet(answering('x'.repeat(5 * 1024 * 1024)), ID)],
	['an export that trickles', async () => await readAll(await openExport(trickling, ID, 400, never()))],
	['a schema of too many columns', () => checkColumnCount(3001, 3000)],
	['a header row of too many columns', () => thrown(tooManyCells(0))],
	['a row of too many columns', () => thrown(tooManyCells(7))],
];

const never = (): AbortSignal => new AbortController().signal;

function answering(body: string): DomoRequest {
	return async () => ({ status: 200, headers: {}, body: Readable.from([Buffer.from(body)]) });
}

/** A byte every few milliseconds. */
const trickling: DomoRequest = async () => {
	const bytes = async function* () {
		for (;;) {
			await sleep(20);
			yield Buffer.from('1');
		}
	};
	const headers = { 'content-type': 'text/csv' };
	return { status: 200, headers, body: Readable.from(bytes(), { objectMode: false }) };
};

async function readAll(body: AsyncIterable<unknown>): Promise<void> {
	for await (const chunk of body) void chunk;
}

function thrown(fault: unknown): never {
	throw fault;
}
