import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { IExecuteFunctions, IHttpRequestHelper, NodeEgressFilter } from 'n8n-workflow';

import { onAbort } from '../../core/support/abort';
import { hasProxy, isLoopback } from '../../core/support/loopback';

/** One request that no proxy sees. */
export interface DirectRequest {
	readonly method: 'GET' | 'POST';
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** How long it may take until the answer begins. */
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Whether a request must go around n8n's HTTP helper, which hands even what is for this machine on to the instance's proxy: there the login
 * would be read, or end in another machine. What the instance's policy forbids is left to the helper, which refuses it.
 */
export async function isForDirectRequest(
	helpers: IHttpRequestHelper['helpers'] | IExecuteFunctions['helpers'],
	url: URL,
): Promise<boolean> {
	if (!isLoopback(url.hostname) || !hasProxy()) return false;
	const filter: NodeEgressFilter | undefined =
		'getSecureEgressFilter' in helpers ? helpers.getSecureEgressFilter() : undefined;
	return filter === undefined || (await filter.validateUrl(url.href)).ok;
}

/** Sends it, follows no redirect, and resolves to the answer once its headers are there. Rejects with Node's own error, whose `code` says why. */
export async function sendDirectly(wanted: DirectRequest): Promise<IncomingMessage> {
	const { method, url, headers, body, timeoutMs, signal } = wanted;
	const isHttps = url.protocol === 'https:';
	// n8n may have put a proxy into Node's own agents.
	const agent = isHttps ? new HttpsAgent() : new HttpAgent();
	const late = AbortSignal.timeout(timeoutMs);
	return await new Promise((resolve, reject) => {
		const options = { method, headers, agent, ...(signal && { signal }) };
		const request = (isHttps ? httpsRequest : httpRequest)(url, options, (answer) => {
			stopListening();
			resolve(answer);
		});
		const timedOut = () => Object.assign(new Error('No answer'), { code: 'ETIMEDOUT' });
		const stopListening = onAbort(late, () => request.destroy(timedOut()));
		request.once('error', reject);
		request.end(body);
	});
}
