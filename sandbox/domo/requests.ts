import type { SandboxRequest } from './exchange';

/** Enough for any test, and no leak in a soak. */
const MOST_REQUESTS = 10_000;

/** The only query values kept: whatever else a client puts into a URL could be a secret. */
const KNOWN_QUERY: ReadonlySet<string> = new Set([
	'grant_type',
	'scope',
	'limit',
	'offset',
	'sort',
	'nameLike',
	'includeHeader',
	'fileName',
	'disableFormulaInterpretation',
]);

/** What there is to note about an answer. */
export interface AnswerNotes {
	answered(status: number): void;
	sent(): void;
}

export interface Recorder {
	readonly requests: readonly SandboxRequest[];
	/** Takes note of a request; what it returns, of its answer. */
	note(method: string, url: URL): AnswerNotes;
}

export function recorder(secret: string): Recorder {
	const requests: SandboxRequest[] = [];
	const clean = (text: string): string => text.replaceAll(secret, '…');
	return {
		requests,
		note(method, url) {
			const query = Object.fromEntries(
				[...url.searchParams].map(([name, value]) => [clean(name), KNOWN_QUERY.has(name) ? clean(value) : '…']),
			);
			const request = { method, path: clean(url.pathname), query, status: 0, at: Date.now(), sentAt: 0 };
			requests.push(request);
			if (requests.length > MOST_REQUESTS) requests.shift();
			return {
				answered: (status) => void (request.status = status),
				sent: () => void (request.sentAt = Date.now()),
			};
		},
	};
}
