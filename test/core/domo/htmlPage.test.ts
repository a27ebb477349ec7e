import { Readable } from 'node:stream';
import { openExport } from '../../../core/domo/export';
import { runQuery } from '../../../core/domo/query';
import type { DomoRequest } from '../../../core/domo/request';

const id = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const never = new AbortController().signal;
const PAGE = '<!DOCTYPE html><html><head><title>Domo - Login</title></head></html>';

/** Domo with one answer, whose body comes in these pieces; each gives way to others before the next one. */
const answering = (pieces: readonly Buffer[]): DomoRequest => {
	async function* body() {
		for (const piece of pieces) {
			await new Promise(setImmediate);
			yield Buffer.from(piece);
		}
	}
	return async () => ({ status: 200, headers: {}, body: Readable.from(body()) });
};

const cut = (text: string, bytes: number) => {
	const all = Buffer.from(text);
	return Array.from({ length: Math.ceil(all.length / bytes) }, (_, at) => all.subarray(at * bytes, (at + 1) * bytes));
};

const exported = async (text: string, bytes: number) => {
	const chunks: Buffer[] = [];
	for await (const chunk of await openExport(answering(cut(text, bytes)), id, 1000, never))
		chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
};

const queried = async (text: string, bytes: number) =>
	await runQuery(answering(cut(text, bytes)), { id, sql: 'SELECT', onBytes: () => undefined }, never);

describe.each([1, 2, 3, 5, 9, 16, 1000])('in pieces of %i bytes', (bytes) => {
	test.each([PAGE, `\n\n ${PAGE}`, `\uFEFF${PAGE}`, PAGE.toUpperCase(), PAGE.replace('<!DOCTYPE html>', '')])(
		'a page is none of the data: %j',
		async (page) => {
			const told = { reason: 'domoNotData', message: expect.stringContaining('web page') };
			await expect(exported(page, bytes)).rejects.toMatchObject(told);
			await expect(queried(page, bytes)).rejects.toMatchObject(told);
		},
	);

	test.each(['', '\n', '<', '<h', 'a\n1\n', '"<!doctype html>"\n1\n', '\uFEFF<html_id>\n1\n', `${' '.repeat(5000)}\n`])(
		'what begins otherwise is handed on whole: %j',
		async (text) => {
			expect(await exported(text, bytes)).toBe(text);
		},
	);
});

test('a header that is no page is handed on before the next bytes come', async () => {
	async function* body() {
		yield Buffer.from('id');
		await new Promise(() => undefined);
	}
	const stop = new AbortController();
	const ask: DomoRequest = async () => ({ status: 200, headers: {}, body: Readable.from(body()) });
	try {
		const chunks = (await openExport(ask, id, 60_000, stop.signal))[Symbol.asyncIterator]();
		expect(String((await chunks.next()).value)).toBe('id');
	} finally {
		stop.abort();
	}
});
