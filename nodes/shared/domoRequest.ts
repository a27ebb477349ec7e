import { createHash } from 'node:crypto';
import type {
	IAdditionalCredentialOptions,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { domoSecrets } from './credentialFields';
import { directDomoRequest } from './directDomoRequest';
import { isForDirectRequest } from './directRequest';
import { readAnswer, within } from './httpAnswer';
import { rateLimited } from '../../core/domo/rateLimit';
import type { DomoAnswer, DomoQuery, DomoRequest } from '../../core/domo/request';
import { type DomoClient, readApiHost } from '../../core/domo/token';
import { unreachableError } from '../../core/domo/unreachableError';
import { WritebackError } from '../../core/support/errors';
import { withFreedBuffers } from '../../core/support/memory';
import type { Redactor } from '../../core/support/redact/redactor';

/** Domo prepares a large export before it sends the first byte; this is how long that may take. */
const FIRST_BYTE_MS = 15 * 60_000;

/** What Domo has ready comes sooner. */
const JSON_MS = 60_000;

/** Statuses that may mean a refused token: Domo refuses one on the CSV endpoint with 406, elsewhere with 401. */
const TOKEN_REFUSED = [401, 406];

/** For this one n8n renews the token. The 406 of an export comes to good tokens, too, so another request has to tell. */
const RENEWED_AT = [401];

const timeoutMs = ({ accept, timeoutMs: ms }: DomoQuery) => ms ?? (accept === 'text/csv' ? FIRST_BYTE_MS : JSON_MS);

type IgnoredStatuses = NonNullable<IHttpRequestOptions['ignoreHttpStatusErrors']>;

/** A status that n8n turned into an error would carry the whole request, token included, into the stored execution. */
const IGNORED_STATUSES: IgnoredStatuses = { ignore: true, except: RENEWED_AT };

/** Asks for next to nothing, and is answered with 401 when the token has expired. */
const TOKEN_CHECK: DomoQuery = { path: '/v1/datasets', query: { limit: 1 }, accept: 'application/json' };

type N8nContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Whose Domo is asked, and where; `retry` tells n8n when to renew the token. */
interface RequestContext {
	readonly n8n: N8nContext;
	readonly baseURL: string;
	readonly retry: IAdditionalCredentialOptions;
	/** Learns the login, and each token that n8n fetches meanwhile. */
	readonly redactor: Redactor;
}

/** Asks Domo by n8n's HTTP helper with the Domo credential of this node, so that n8n's proxy, egress rules and token store apply. */
export async function domoRequest(n8n: N8nContext, redactor: Redactor): Promise<DomoRequest> {
	const { apiHost } = await n8n.getCredentials<{ apiHost: string }>('domoClientApi');
	return await withTokenRetry(n8n, readApiHost(apiHost), redactor);
}

/** The same, which waits with all others of this process while Domo has asked this client to wait. Requests reject with `cancelled` as soon as `stopped` fires. */
export async function rateLimitedDomoRequest(
	n8n: IExecuteFunctions,
	redactor: Redactor,
	stopped: AbortSignal,
): Promise<DomoRequest> {
	const { apiHost, clientId, clientSecret } = await n8n.getCredentials<DomoClient>('domoClientApi');
	const host = readApiHost(apiHost);
	// With the secret: who only knows the ID of a client must not make others wait.
	const client = createHash('sha256').update(JSON.stringify([clientId, clientSecret, host]));
	return rateLimited(await withTokenRetry(n8n, host, redactor), client.digest('base64'), stopped);
}

async function withTokenRetry(n8n: N8nContext, baseURL: string, redactor: Redactor): Promise<DomoRequest> {
	if (await isForDirectRequest(n8n.helpers, new URL(baseURL)))
		return directDomoRequest({ n8n, host: baseURL, redactor, timeoutMs });
	let renewsAt: readonly number[] = [];
	const context: RequestContext = {
		n8n,
		baseURL,
		redactor,
		retry: {
			// Only an n8n that renews at statuses of our choice, 2.40 or later, ever asks for them.
			get preAuthenticationRetryStatusCode() {
				renewsAt = RENEWED_AT;
				return RENEWED_AT;
			},
		},
	};
	return async (query) => {
		const answer = await send(context, query, IGNORED_STATUSES);
		if (!TOKEN_REFUSED.includes(answer.status) || renewsAt.includes(answer.status)) return answer;
		answer.body.destroy();
		// An older n8n renews before 2.9 only for a request that forgives no status. A token that is good here stays as it is.
		const check = await send(context, { ...TOKEN_CHECK, ...(query.signal && { signal: query.signal }) }, false);
		check.body.destroy();
		return await send(context, query, IGNORED_STATUSES);
	};
}

async function send(
	{ n8n, baseURL, retry, redactor }: RequestContext,
	asked: DomoQuery,
	ignoreHttpStatusErrors: IgnoredStatuses,
): Promise<DomoAnswer> {
	const { path, query, accept, body, signal } = asked;
	const options: IHttpRequestOptions = {
		...(body !== undefined && { method: 'POST', body: { ...body } }),
		baseURL,
		url: path,
		qs: { ...query },
		headers: { Accept: accept, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
		encoding: 'stream',
		timeout: timeoutMs(asked),
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors,
	};
	try {
		const context = withAbortSignal(n8n, signal);
		const request = async (): Promise<unknown> =>
			await n8n.helpers.httpRequestWithAuthentication.call(context, 'domoClientApi', options, retry);
		const answer = await (accept === 'text/csv' ? withFreedBuffers(request) : request());
		return { ...readAnswer(answer, 'statusCode', 'body'), redactor };
	} catch (fault) {
		const ownError = within(fault, (layer) => layer instanceof WritebackError);
		if (ownError instanceof WritebackError) throw ownError;
		const refused = within(
			fault,
			(layer) => layer instanceof Error && typeof Reflect.get(layer, 'response') === 'object',
		);
		if (refused !== undefined) return { ...readAnswer(Reflect.get(refused, 'response'), 'status', 'data'), redactor };
		throw unreachableError(within(fault, (layer) => typeof Reflect.get(layer, 'code') === 'string') ?? fault);
	} finally {
		// n8n may have fetched a token for this request.
		await learn(n8n, redactor);
	}
}

/** The request itself reports a credential that was deleted in the meantime. */
async function learn(n8n: N8nContext, redactor: Redactor): Promise<void> {
	const known = await n8n.getCredentials('domoClientApi').catch(() => undefined);
	if (known !== undefined) redactor.add(domoSecrets(known));
}

/** n8n ends every request by the signal of its context, which fires when the execution is stopped: this context has a signal of its own. */
function withAbortSignal<T extends object>(n8n: T, signal: AbortSignal | undefined): T {
	return signal === undefined ? n8n : Object.create(n8n, { getExecutionCancelSignal: { value: () => signal } });
}
