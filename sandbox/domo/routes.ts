import { setTimeout as delay } from 'node:timers/promises';
import { answerFault, notAcceptable, notFound, refuseToken } from './answers';
import type { SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { sendError } from './exchange';
import { accepts, sendExport } from './export';
import type { DetailedFault, Place } from './faults';
import { sendList, sendMetadata } from './metadata';
import { sendQuery } from './query';
import type { State } from './state';
import { touch } from './state';
import { EXPORT_PARAMETERS, LIST_PARAMETERS, NO_PARAMETERS, type Parameters, takes } from './strict';
import { grantToken } from './token';

interface Route {
	readonly place: Place;
	/** The DataSet, or the name of the place itself, which is what faults go by. */
	readonly id: string;
}

const ROUTES: ReadonlyArray<readonly [method: string, path: RegExp, place: Place]> = [
	['GET', /^\/oauth\/token$/, 'token'],
	['POST', /^\/oauth\/token$/, 'token'],
	['GET', /^\/v1\/datasets$/, 'list'],
	['GET', /^\/v1\/datasets\/([^/]+)$/, 'metadata'],
	['GET', /^\/v1\/datasets\/([^/]+)\/data$/, 'export'],
	['POST', /^\/v1\/datasets\/query\/execute\/([^/]+)$/, 'query'],
];

/** The token's are in a form as well as in a query. */
const PARAMETERS: Readonly<Record<Exclude<Place, 'token'>, Parameters>> = {
	list: LIST_PARAMETERS,
	metadata: NO_PARAMETERS,
	export: EXPORT_PARAMETERS,
	query: NO_PARAMETERS,
};

/** Answers one request as Domo would, or as the fault in force says. */
export async function answer(exchange: Exchange, state: State): Promise<void> {
	const route = routeOf(exchange);
	if (route === 'otherMethod') return refuseMethod(exchange);
	if (!route) return notFound(exchange);
	if (route.place !== 'token' && !admitted(exchange, state, route)) return;
	if (route.place !== 'token' && !takes(exchange, PARAMETERS[route.place])) return;
	const fault = state.faults.take(route.id, route.place);
	if (fault.kind === 'tokenExpired') {
		expireToken(exchange, state);
		if (route.place !== 'token' && !admitted(exchange, state, route)) return;
	}
	if (fault.kind === 'slowStart') await delay(fault.ms, undefined, { signal: exchange.signal });
	if (answerFault(exchange, fault)) return;
	if (route.place === 'token') return await grantToken(exchange, state.tokens, state);
	if (route.place !== 'export' && !acceptsJson(exchange)) return notAcceptable(exchange);
	if (route.place === 'list') {
		const told = [...state.dataSets.values()].map((one) => asToldNow(one, state));
		return sendList(exchange, told, state.omitted.list);
	}
	await answerDataSet(exchange, state, route, fault);
}

async function answerDataSet(
	exchange: Exchange,
	state: State,
	{ place, id }: Route,
	fault: DetailedFault,
): Promise<void> {
	const found = state.dataSets.get(id);
	if (!found) return notFound(exchange);
	if (place === 'metadata')
		return sendMetadata(exchange, asToldNow(found, state), fault.kind === 'deleted', state.omitted.metadata);
	if (fault.kind === 'deleted') return notFound(exchange);
	if (place === 'query') return await sendQuery(exchange, found);
	if (!accepts(exchange.request.headers.accept, 'text/csv', 'text/*')) return notAcceptable(exchange);
	if (fault.kind === 'refresh') touch(state.dataSets, id, { rows: found.rows + fault.addRows });
	await sendExport(exchange, state.dataSets.get(id) ?? found, fault);
}

function routeOf({ request, url }: Exchange): Route | 'otherMethod' | undefined {
	const there = ROUTES.filter(([, path]) => path.test(url.pathname));
	const found = there.find(([method]) => method === request.method);
	if (!found) return there.length > 0 ? 'otherMethod' : undefined;
	const [, path, place] = found;
	return { place, id: path.exec(url.pathname)?.[1] ?? place };
}

function refuseMethod(exchange: Exchange): void {
	sendError(exchange, 405, { statusReason: 'Method Not Allowed', path: exchange.url.pathname });
}

function acceptsJson({ request }: Exchange): boolean {
	return accepts(request.headers.accept, 'application/json', 'application/*');
}

/** Answers a request without a good token itself; which answer depends on what the client can read. */
function admitted(exchange: Exchange, { tokens }: State, { place }: Route): boolean {
	const check = tokens.check(exchange.request.headers.authorization);
	if (check.kind === 'bad') {
		refuseToken(exchange, check.description, place === 'export' && !acceptsJson(exchange));
		return false;
	}
	if (check.scopes.includes('data')) return true;
	sendError(exchange, 403, {});
	return false;
}

function expireToken({ request }: Exchange, { tokens }: State): void {
	const check = tokens.check(request.headers.authorization);
	if (check.kind === 'good') tokens.expire(check.token);
}

/** PDP shows in what Domo lists before any export suffers from it. */
function asToldNow(dataSet: SandboxDataSet, { faults }: State): SandboxDataSet {
	return faults.peek(dataSet.id, 'export').kind === 'pdp' ? { ...dataSet, pdpEnabled: true } : dataSet;
}
