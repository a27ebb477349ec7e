import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import type { DomoAnswer, DomoRequest } from './domo/request';
import { readApiHost } from './domo/token';
import { networkFault, WritebackError } from './errors';
import { field } from './field';

/** Domo prepares a large export before it sends the first byte; this is how long that may take. */
const FIRST_BYTE_MS = 15 * 60_000;

/** What Domo knows by heart comes sooner. */
const JSON_MS = 60_000;

/** Statuses for which the token is renewed and the request sent once more: Domo refuses a token on the CSV endpoint with 406, elsewhere with 401. */
const TOKEN_REFUSED = [401, 406];

/** Asks Domo by n8n's HTTP helper with the Domo credential of this node, so that n8n's proxy, egress rules and token store apply. */
export async function askDomo(n8n: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions): Promise<DomoRequest> {
	const { apiHost } = await n8n.getCredentials<{ apiHost: string }>('domoClientApi');
	const baseURL = readApiHost(apiHost);
	return async ({ path, query, accept, signal }) => {
		const options: IHttpRequestOptions = {
			baseURL,
			url: path,
			qs: { ...query },
			headers: { Accept: accept },
			encoding: 'stream',
			timeout: accept === 'text/csv' ? FIRST_BYTE_MS : JSON_MS,
			disableFollowRedirect: true,
			returnFullResponse: true,
			// A status that n8n turned into an error would carry the whole request, token included, into the stored execution.
			ignoreHttpStatusErrors: { ignore: true, except: TOKEN_REFUSED },
		};
		try {
			const retry = { preAuthenticationRetryStatusCode: TOKEN_REFUSED };
			const answer: unknown = await n8n.helpers.httpRequestWithAuthentication.call(
				stoppedBy(n8n, signal),
				'domoClientApi',
				options,
				retry,
			);
			return read(answer, 'statusCode', 'body');
		} catch (fault) {
			const known = within(fault, (layer) => layer instanceof WritebackError);
			if (known instanceof WritebackError) throw known;
			const refused = within(
				fault,
				(layer) => layer instanceof Error && typeof Reflect.get(layer, 'response') === 'object',
			);
			if (refused !== undefined) return read(Reflect.get(refused, 'response'), 'status', 'data');
			throw unreachable(fault);
		}
	};
}

/** n8n ends every request by the signal of its context, which fires when the execution is stopped: this context has a signal of its own. */
function stoppedBy<T extends object>(n8n: T, signal: AbortSignal | undefined): T {
	return signal === undefined ? n8n : Object.create(n8n, { getExecutionCancelSignal: { value: () => signal } });
}

/** The first error of a chain of causes that fits. */
function within(fault: unknown, fits: (layer: Error) => boolean): Error | undefined {
	for (let layer = fault, depth = 0; layer instanceof Error && depth < 8; layer = layer.cause, depth++) {
		if (fits(layer)) return layer;
	}
	return undefined;
}

function read(answer: unknown, status: string, body: string): DomoAnswer {
	const content = field(answer, body);
	return {
		status: Number(field(answer, status)),
		headers: readHeaders(field(answer, 'headers')),
		body: content instanceof Readable ? content : Readable.from(typeof content === 'string' ? [content] : []),
	};
}

function readHeaders(headers: unknown): DomoAnswer['headers'] {
	const known: Record<string, string | undefined> = {};
	for (const name of ['content-type', 'retry-after']) {
		const value = field(headers, name);
		if (typeof value === 'string') known[name] = value;
	}
	return known;
}

function unreachable(fault: unknown): WritebackError {
	const deepest = within(fault, (layer) => typeof Reflect.get(layer, 'code') === 'string') ?? fault;
	return new WritebackError('domoInterrupted', `Domo cannot be reached: ${networkFault(deepest)}`, {
		hint: 'Check API Host in the Domo credential and whether n8n may reach it. The target is unchanged.',
	});
}
