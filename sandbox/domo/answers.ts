import type { Exchange } from './exchange';
import { begin, sendError, sendPage } from './exchange';
import type { AnswerKind, DetailedFault } from './faults';

type Answer = (exchange: Exchange) => void;

const SERVER_ERROR = { statusReason: 'Internal Server Error', message: 'Internal Server Error' };

const ANSWERS: Readonly<Record<Exclude<AnswerKind, 'tooManyRequests'>, Answer>> = {
	notAcceptable: (exchange) => notAcceptable(exchange),
	badRequest: (exchange) => badRequest(exchange, 'The request cannot be processed'),
	unauthorized: (exchange) => {
		begin(exchange, 401, { 'WWW-Authenticate': challenge(jwtExpired(new Date())), 'Content-Length': 0 });
		exchange.response.end();
	},
	unauthorizedAsServerError: (exchange) => sendError(exchange, 401, { ...SERVER_ERROR, path: exchange.url.pathname }),
	forbidden: (exchange) => sendError(exchange, 403, {}),
	forbiddenAs400: (exchange) =>
		sendError(exchange, 400, {
			statusReason: 'Bad Request',
			message: 'Infrastructure problem (403): Access is denied',
		}),
	notFound: (exchange) => notFound(exchange),
	badGateway: (exchange) => sendPage(exchange, 502, '502 Bad Gateway', 'The server is temporarily unavailable.'),
	maintenance: (exchange) => sendPage(exchange, 503, 'Domo Maintenance', 'Domo is down for maintenance.'),
	loginPage: (exchange) => sendPage(exchange, 200, 'Domo - Login', 'Sign in to your Domo instance.'),
	blockedPage: (exchange) => sendPage(exchange, 200, 'Domo - Blocked', 'Your IP address is not on the allow list.'),
	maintenancePage: (exchange) => sendPage(exchange, 200, 'Domo Maintenance', 'Domo is down for maintenance.'),
};

/** Answers with the fault, if it is one that replaces the whole answer. */
export function answerFault(exchange: Exchange, fault: DetailedFault): boolean {
	if (fault.kind === 'tooManyRequests') {
		tooManyRequests(exchange, fault.retryAfterSeconds);
		return true;
	}
	const answer = Object.entries(ANSWERS).find(([kind]) => kind === fault.kind)?.[1];
	answer?.(exchange);
	return answer !== undefined;
}

export function notFound(exchange: Exchange): void {
	sendError(exchange, 404, { statusReason: 'Not Found', path: exchange.url.pathname });
}

export function badRequest(exchange: Exchange, message: string): void {
	sendError(exchange, 400, { statusReason: 'Bad Request', message, path: exchange.url.pathname });
}

/** A token that is bad or expired: 401 where JSON is acceptable; where only CSV is, the error can't be rendered. */
export function refuseToken(exchange: Exchange, description: string, asksForCsvOnly: boolean): void {
	if (asksForCsvOnly) return notAcceptable(exchange);
	const headers = { 'WWW-Authenticate': challenge(description) };
	sendError(exchange, 401, { statusReason: 'Unauthorized', path: exchange.url.pathname }, headers);
}

export function notAcceptable(exchange: Exchange): void {
	sendPage(exchange, 406, 'HTTP Status 406 – Not Acceptable', 'Could not find acceptable representation.');
}

export function jwtExpired(at: Date): string {
	return `An error occurred while attempting to decode the Jwt: Jwt expired at ${at.toISOString().slice(0, 19)}Z`;
}

function tooManyRequests(exchange: Exchange, retryAfterSeconds: number | undefined): void {
	const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
	sendError(exchange, 429, { statusReason: 'Too Many Requests' }, headers);
}

function challenge(description: string): string {
	return `Bearer error="invalid_token", error_description="${description}"`;
}
