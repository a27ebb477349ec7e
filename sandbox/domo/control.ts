import { badRequest, notFound } from './answers';
import type { Exchange, SandboxRequest } from './exchange';
import { begin, readJson, sendJson } from './exchange';
import { isFault } from './faultJson';
import type { State } from './state';

const FAULT_PATH = /^\/sandbox\/dataSets\/([^/]+)\/fault$/;

/** Where another process turns to the double itself. */
export const CONTROL_PREFIX = '/sandbox/';

/** Answers what another process asks of the double itself. */
export async function control(exchange: Exchange, state: State, requests: readonly SandboxRequest[]): Promise<void> {
	const { request, url } = exchange;
	const id = FAULT_PATH.exec(url.pathname)?.[1];
	if (request.method === 'GET' && url.pathname === '/sandbox/requests') sendJson(exchange, 200, requests);
	else if (request.method === 'PUT' && id !== undefined) await setFault(exchange, state, id);
	else notFound(exchange);
}

async function setFault(exchange: Exchange, { faults }: State, id: string): Promise<void> {
	const body = await readJson(exchange.request);
	if (typeof body !== 'object' || body === null || !('fault' in body))
		return badRequest(exchange, '{"fault": …, "times": …}');
	const { fault } = body;
	const times = 'times' in body ? body.times : Infinity;
	const known = isFault(fault) || (Array.isArray(fault) && fault.every(isFault));
	if (!known) return badRequest(exchange, 'Unknown fault, or wrong figures in it');
	if (typeof times !== 'number' || !(times > 0)) return badRequest(exchange, 'times is a number above 0');
	faults.set(id, fault, times);
	begin(exchange, 204, {});
	exchange.response.end();
}
