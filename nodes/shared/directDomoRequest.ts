import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { domoSecrets } from './credentialFields';
import { sendDirectly } from './directRequest';
import { postForm } from './domoTokenRequest';
import type { DomoAnswer, DomoQuery, DomoRequest } from '../../core/domo/request';
import { mintToken } from '../../core/domo/token';
import { unreachableError } from '../../core/domo/unreachableError';
import type { Redactor } from '../../core/support/redact/redactor';

/** Where a request goes, and what it knows. */
export interface DirectRequestContext {
	readonly n8n: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;
	/** Domo's stand-in on this machine, as an origin. */
	readonly host: string;
	readonly redactor: Redactor;
	/** How long an answer may take to begin, in milliseconds. */
	readonly timeoutMs: (query: DomoQuery) => number;
}

const TOKEN_REFUSED = [401, 406];

/** Asks a stand-in for Domo on this machine past the proxy of the instance (directRequest.ts). A token lasts for as long as this does: n8n's own store is behind its HTTP helper. */
export function directDomoRequest(line: DirectRequestContext): DomoRequest {
	let token: Promise<string> | undefined;
	const tokenFrom = (get: () => Promise<string>) => {
		token = get();
		token.catch(() => (token = undefined));
		return token;
	};
	return async (query) => {
		const used = token ?? tokenFrom(async () => await storedToken(line));
		const answer = await send(line, query, await used);
		if (!TOKEN_REFUSED.includes(answer.status)) return answer;
		answer.body.destroy();
		const renewed = token === used ? tokenFrom(async () => await newToken(line)) : (token ?? used);
		return await send(line, query, await renewed);
	};
}

async function storedToken(line: DirectRequestContext): Promise<string> {
	const credential = await line.n8n.getCredentials('domoClientApi');
	line.redactor.add(domoSecrets(credential));
	const stored = String(credential.accessToken ?? '');
	return stored === '' ? await newToken(line) : stored;
}

async function newToken({ n8n, host, redactor }: DirectRequestContext): Promise<string> {
	const { clientId, clientSecret } = await n8n.getCredentials('domoClientApi');
	const client = { apiHost: host, clientId: String(clientId ?? ''), clientSecret: String(clientSecret ?? '') };
	const token = await mintToken(client, postForm(n8n.helpers));
	redactor.add([token]);
	return token;
}

async function send(line: DirectRequestContext, query: DomoQuery, token: string): Promise<DomoAnswer> {
	const { n8n, host, redactor, timeoutMs } = line;
	const url = new URL(host + query.path);
	for (const [name, value] of Object.entries(query.query)) url.searchParams.set(name, String(value));
	const stopped = 'getExecutionCancelSignal' in n8n ? n8n.getExecutionCancelSignal() : undefined;
	const body = query.body === undefined ? undefined : JSON.stringify(query.body);
	const answer = await sendDirectly({
		method: body === undefined ? 'GET' : 'POST',
		url,
		headers: {
			Accept: query.accept,
			Authorization: `Bearer ${token}`,
			...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': `${Buffer.byteLength(body)}` }),
		},
		...(body !== undefined && { body }),
		timeoutMs: timeoutMs(query),
		signal: query.signal ?? stopped,
	}).catch((fault: unknown) => {
		throw unreachableError(fault);
	});
	const { 'content-type': contentType, 'retry-after': retryAfter } = answer.headers;
	const headers = { 'content-type': contentType, 'retry-after': retryAfter };
	return { status: answer.statusCode ?? 0, headers, body: answer, redactor };
}
