import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { control, CONTROL_PREFIX } from './control';
import type { SandboxDataSet } from './dataSet';
import type { Exchange, SandboxRequest } from './exchange';
import { sendError } from './exchange';
import type { Fault } from './faults';
import { faultBook } from './faults';
import type { Field } from './metadata';
import type { AnswerNotes, Recorder } from './requests';
import { recorder } from './requests';
import { answer } from './routes';
import type { Change, State } from './state';
import { touch } from './state';
import type { Client } from './token';
import { SCOPES, tokenStore } from './token';

export type { Column, ColumnType, CsvOptions, Digest, SandboxDataSet } from './dataSet';
export { dataSet, digest } from './dataSet';
export type { SandboxRequest } from './exchange';
export type { DetailedFault, Fault, Place } from './faults';
export type { Change } from './state';

export interface DomoOptions {
	/** A free one unless given. */
	readonly port?: number;
	readonly dataSets?: readonly SandboxDataSet[];
	/** How long a token is good for; 3599 as Domo's. */
	readonly tokenSeconds?: number;
	/** Who may ask; a new one unless given. */
	readonly client?: Client;
	/** What the client was made for; every scope unless given. */
	readonly scopes?: readonly string[];
}

/** A stand-in for api.domo.com on 127.0.0.1. Anything but this one client ID and secret is refused. */
export interface DomoDouble {
	readonly url: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** What came in, the newest 10,000; live, so `length` grows. Never holds a secret or a token. */
	readonly requests: readonly SandboxRequest[];
	/** Lists and serves a DataSet; one with the same ID is replaced. */
	add(dataSet: SandboxDataSet): void;
	/** Domo has never heard of it any more. */
	remove(id: string): void;
	/**
	 * The next `times` requests that the fault concerns get it; a list of faults is one request each, in turn.
	 * Replaces the fault in force; `'none'` clears it. `id` is a DataSet, or `'token'` or `'list'` for those two endpoints.
	 */
	fault(id: string, fault: Fault | readonly Fault[], times?: number): void;
	/** What the list, or the description of one DataSet, leaves out from now on: the two need not carry the same. */
	omit(from: 'list' | 'metadata', fields: readonly Field[]): void;
	/** Changes a DataSet as a refresh or an edit in Domo would. */
	touch(id: string, change: Change): void;
	/** Ends every connection; nothing is left running. */
	close(): Promise<void>;
}

export async function startDomo(options: DomoOptions = {}): Promise<DomoDouble> {
	const client = options.client ?? { clientId: randomUUID(), clientSecret: randomBytes(32).toString('hex') };
	const dataSets = new Map((options.dataSets ?? []).map((one) => [one.id, one]));
	const tokens = tokenStore(options.tokenSeconds ?? 3599);
	const omitted = { list: [], metadata: [] };
	const scopes = options.scopes ?? SCOPES;
	const state: State = { ...client, scopes, dataSets, tokens, faults: faultBook(), omitted };
	const log = recorder(client.clientSecret);
	const server = createServer((request, response) => void serve(request, response, state, log));
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The sandbox did not get a port');
	let closed: Promise<void> | undefined;
	return {
		url: `http://127.0.0.1:${address.port}`,
		...client,
		requests: log.requests,
		add: (dataSet) => void dataSets.set(dataSet.id, dataSet),
		remove: (id) => void dataSets.delete(id),
		fault: (id, fault, times = Infinity) => state.faults.set(id, fault, times),
		omit: (from, fields) => void (state.omitted[from] = fields),
		touch: (id, change) => touch(dataSets, id, change),
		close: () => (closed ??= end(server)),
	};
}

async function end(server: Server): Promise<void> {
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	await closed;
}

/** For what is asked of the double itself. */
const UNNOTED: AnswerNotes = { answered: () => undefined, sent: () => undefined };

async function serve(request: IncomingMessage, response: ServerResponse, state: State, log: Recorder): Promise<void> {
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	const url = urlOf(request);
	const ours = url.pathname.startsWith(CONTROL_PREFIX);
	const notes = ours ? UNNOTED : log.note(request.method ?? '', url);
	response.once('finish', notes.sent);
	const exchange: Exchange = { request, response, url, signal: gone.signal, answered: notes.answered };
	try {
		if (ours) await control(exchange, state, log.requests);
		else await answer(exchange, state);
	} catch (error) {
		if (gone.signal.aborted) return;
		if (response.headersSent) response.destroy();
		else sendError(exchange, 500, { statusReason: 'Internal Server Error', message: String(error) });
	}
}

/** Joined as text, so that a doubled slash stays in the path; a target that is no path is looked for nowhere. */
function urlOf({ url = '/' }: IncomingMessage): URL {
	const text = `http://sandbox${url}`;
	return new URL(URL.canParse(text) ? text : 'http://sandbox/');
}
