import { RestError } from '@azure/storage-blob';
import { retryAfterOf } from './azureErrors';
import { firstError } from '../../support/abort';
import { cancelled, codeOf, isUntrusted, WritebackError } from '../../support/errors';
import { backoff, retry, wait } from '../../support/retry';

/** Tries of one request, about a minute of waiting in all; silence is waited for only twice. */
const TRIES = 7;
const TIMEOUT_TRIES = 2;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 15_000;

/** A longer wait than this, asked for by Azure, is left to the next try of the writeback. */
const MAX_RETRY_AFTER_MS = 120_000;

/** A line that carries less than 64 KiB a second, all of this process's requests together, counts as silent. */
const LEAST_BYTES_PER_MS = 65.536;

/** What all requests that are under way carry: they share the line, so each may take as long as all of them together. */
let bytesInFlight = 0;

/** Answers that pass (learn.microsoft.com, "Blob service error codes"; a proxy's 502 and 504): the same request may work in a moment. */
const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** One request's bounds. */
export interface RetryOptions {
	/** Ends everything. */
	readonly signal: AbortSignal;
	/** How long Azure may be silent. */
	readonly idleMs: number;
}

/**
 * Sends a request until it is answered: again after the statuses that pass, a broken line, and once after silence; with growing waits, or the
 * wait that Azure asks for. A request that must not end half-way when the user stops uses the second signal. Rejects with the last fault, with `destinationInterrupted` after silence, or with `cancelled`.
 */
export async function retryRequest<T>(
	{ signal, idleMs }: RetryOptions,
	request: (signal: AbortSignal, timeout: AbortSignal) => Promise<T>,
	bytes = 0,
): Promise<T> {
	// Without a body, others hold up an answer no longer than the socket's own timeout allows.
	const allowedMs = (carried: number) => Math.ceil(idleMs + (bytes === 0 ? 0 : carried / LEAST_BYTES_PER_MS));
	const allowance = { own: () => allowedMs(bytes), shared: () => allowedMs(bytesInFlight) };
	let timeouts = 0;
	let isTimeout = false;
	const sendOnce = async (): Promise<T> => {
		bytesInFlight += bytes;
		const { combined, timeout, stopListening } = timeoutSignals(signal, allowance);
		try {
			return await request(combined, timeout);
		} catch (fault) {
			isTimeout = timeout.aborted || codeOf(fault) === TIMED_OUT;
			throw fault;
		} finally {
			bytesInFlight -= bytes;
			stopListening();
		}
	};
	return await retry(sendOnce, async (fault, tries) => {
		if (signal.aborted) throw cancelled();
		const retryAfterMs = retryAfterOf(fault);
		timeouts += isTimeout ? 1 : 0;
		if (timeouts === TIMEOUT_TRIES) throw timeoutError(idleMs);
		if (tries === TRIES || !(isTimeout || isTransient(fault)) || retryAfterMs > MAX_RETRY_AFTER_MS)
			throw isTimeout ? timeoutError(idleMs) : fault;
		await wait(Math.max(retryAfterMs, backoff(tries, FIRST_WAIT_MS, MAX_WAIT_MS)), signal);
	});
}

/** How long a request may take, in ms: for its own bytes, and for all that are under way now. */
interface Allowance {
	readonly own: () => number;
	readonly shared: () => number;
}

/**
 * Signals that fire once what is allowed has passed, one of them also with `signal`, until they are forgotten. Those of `AbortSignal.any` and `timeout` would
 * keep every request in memory until V8 searches the whole heap: a long-lived signal refers to them weakly, which only that search sees.
 */
function timeoutSignals(signal: AbortSignal, { own, shared }: Allowance) {
	const combined = firstError(signal);
	const timeout = new AbortController();
	const startedAt = performance.now();
	const end = () => {
		// What is still under way takes its share of the line; what has ended since holds up nothing.
		const leftMs = shared() - (performance.now() - startedAt);
		if (leftMs > 0) return void (timer = setTimeout(end, Math.ceil(leftMs)).unref());
		timeout.abort();
		combined.fail(timeout.signal.reason);
	};
	let timer = setTimeout(end, own()).unref();
	const stopListening = () => {
		clearTimeout(timer);
		combined.stopListening();
	};
	return { combined: combined.signal, timeout: timeout.signal, stopListening };
}

function isTransient(fault: unknown): boolean {
	if (!(fault instanceof RestError)) return false;
	const { statusCode } = fault;
	// Without a status there was no answer: the line broke.
	return statusCode === undefined ? !isUntrusted(fault) : TRANSIENT_STATUSES.has(statusCode);
}

function timeoutError(idleMs: number): WritebackError {
	const seconds = Math.round(idleMs / 1000);
	return new WritebackError('destinationInterrupted', `Azure did not answer within ${seconds} s, despite retries`, {
		hint: "The target is unchanged. Check 'Blob Endpoint' and the firewall between n8n and Azure; raise Transfer → 'Idle Timeout' if the connection is very slow.",
	});
}

/** What a socket's error says on which no byte has moved, in either direction, for as long as that may be. */
export const TIMED_OUT = 'ETIMEDOUT';
