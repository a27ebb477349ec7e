import { raceAbort } from '../support/abort';
import { backoff, wait } from '../support/retry';
import { parseRetryAfter } from '../support/retryAfter';
import type { DomoRequest } from './request';

/** Requests for this account wait until `until`. */
interface Pause {
	readonly until: number;
	/** How many such answers came one after the other. */
	readonly inRow: number;
}

const FIRST_MS = 1000;
const MOST_MS = 60_000;

/** A request waits for at most this many pauses in a row, then it is sent: a server that always asks to wait must not hold it for ever. */
const MOST_PAUSES = 2;

/** A pause that is over for so long says nothing any more. */
const FORGOTTEN_MS = 15 * 60_000;

/** Spreads the requests that waited. */
const JITTER = 0.25;

const pauses = new Map<string, Pause>();

/**
 * The same requests, which wait while Domo has asked `account` to wait (status 429), whichever item or execution of this process it told.
 * The answer that says so is handed on. A wait of more than a minute is not shared, and after two waits in a row a request is sent. Rejects with `cancelled` as soon as `signal` fires.
 */
export function rateLimited(request: DomoRequest, account: string, signal: AbortSignal): DomoRequest {
	return async (query) => {
		for (let waits = 0; waits < MOST_PAUSES && remainingMs(account) > 0; waits++) {
			await wait(remainingMs(account) * (1 + JITTER * Math.random()), signal);
		}
		const before = pauses.get(account);
		query.onSend?.();
		// Not every request ends by the signal: n8n's for a token does not.
		const answer = await raceAbort(request(query), signal, ({ body }) => void body.destroy());
		// A request that was under way when Domo asked another to wait says nothing about that wait.
		if (answer.status !== 429 && pauses.get(account) === before) pauses.delete(account);
		if (answer.status === 429) pause(account, parseRetryAfter(answer.headers['retry-after']));
		return answer;
	};
}

function remainingMs(account: string): number {
	return (pauses.get(account)?.until ?? 0) - Date.now();
}

function pause(account: string, askedMs: number): void {
	if (askedMs > MOST_MS) return;
	for (const [name, { until }] of pauses) if (until + FORGOTTEN_MS < Date.now()) pauses.delete(name);
	const inRow = (pauses.get(account)?.inRow ?? 0) + 1;
	const waitMs = askedMs || backoff(inRow, FIRST_MS, MOST_MS);
	pauses.set(account, { until: Math.max(Date.now() + waitMs, pauses.get(account)?.until ?? 0), inRow });
}
