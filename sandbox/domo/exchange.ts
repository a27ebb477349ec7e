import { randomInt } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** One request as a test may look at it. It holds no secret and no token. */
export interface SandboxRequest {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** 0 until the head of the answer was sent. */
	readonly status: number;
	/** When it came in, as `Date.now()`. */
	readonly at: number;
	/** When the last byte of the answer was handed to the operating system, as `Date.now()`; 0 until then. */
	readonly sentAt: number;
}

/** One request being answered. */
export interface Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly url: URL;
	/** Aborts when the client has gone or the double closes. */
	readonly signal: AbortSignal;
	/** Takes note of the status, for `requests`. */
	answered(status: number): void;
}

/** Domo's error body; `toe` is what its support asks for. */
export interface DomoError {
	readonly statusReason?: string;
	readonly message?: string;
	readonly path?: string;
}

const BODY_LIMIT_BYTES = 1_048_576;
const TOE_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Sends the head of an answer. */
export function begin(exchange: Exchange, status: number, headers: OutgoingHttpHeaders): void {
	exchange.answered(status);
	exchange.response.writeHead(status, headers);
}

export function sendJson(exchange: Exchange, status: number, value: unknown, headers?: OutgoingHttpHeaders): void {
	sendJsonText(exchange, status, JSON.stringify(value), headers);
}

export function sendJsonText(
	exchange: Exchange,
	status: number,
	text: string,
	headers: OutgoingHttpHeaders = {},
): void {
	begin(exchange, status, { 'Content-Type': 'application/json;charset=UTF-8', ...headers });
	exchange.response.end(text);
}

export function sendError(exchange: Exchange, status: number, error: DomoError, headers?: OutgoingHttpHeaders): void {
	sendJson(exchange, status, { status, ...error, toe: toe() }, headers);
}

export function sendPage(exchange: Exchange, status: number, title: string, text: string): void {
	begin(exchange, status, { 'Content-Type': 'text/html;charset=utf-8' });
	exchange.response.end(
		`<!DOCTYPE html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${text}</p></body>\n</html>\n`,
	);
}

/** The body of the request as text; undefined when it is longer than any that Domo is asked with. */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk);
		length += bytes.length;
		if (length > BODY_LIMIT_BYTES) return undefined;
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** The same as JSON; undefined when it is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
	const text = await readText(request);
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** As in CA6JIHTO46-28C5D-UEQ7I. */
function toe(): string {
	const part = (length: number): string =>
		Array.from({ length }, () => TOE_CHARACTERS[randomInt(TOE_CHARACTERS.length)]).join('');
	return [part(10), part(5), part(5)].join('-');
}
