import type { Readable } from 'node:stream';
import { type Redactor, createRedactor } from '../support/redact/redactor';

/** One request to Domo's API, below the API host: a GET, or a POST when there is a `body`. It changes nothing in Domo, so it may be sent again. */
export interface DomoQuery {
	readonly path: string;
	readonly query: Readonly<Record<string, string | number | boolean>>;
	readonly accept: 'application/json' | 'text/csv';
	/** Sent as JSON. */
	readonly body?: Readonly<Record<string, string>>;
	/** Milliseconds until the answer must begin. Without it 15 minutes for an export, one minute for JSON. */
	readonly timeoutMs?: number;
	/** Ends the request, and the body of its answer with it. Without it only the execution's own end does. */
	readonly signal?: AbortSignal;
	/** Called when the request is sent, after any wait that Domo asked for. */
	readonly onSend?: () => void;
}

/** What came back, whatever the status. The caller reads or destroys the body. */
export interface DomoAnswer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Readable;
	/** Clears what Domo says of secrets: `foreign` for its words, `finished` for names. Nothing is cleared when absent. */
	readonly redactor?: Redactor;
}

const NOTHING_SECRET = createRedactor();

/** What clears an answer's texts. */
export function redactorFor({ redactor = NOTHING_SECRET }: DomoAnswer): Redactor {
	return redactor;
}

/**
 * Asks Domo with the client's token, renewing the token once when Domo refuses it.
 * Resolves for every status. Rejects with `domoLogin` when no token is to be had, and with `domoInterrupted` when Domo cannot be reached.
 */
export type DomoRequest = (query: DomoQuery) => Promise<DomoAnswer>;
