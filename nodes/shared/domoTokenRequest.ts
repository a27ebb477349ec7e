import { Readable } from 'node:stream';
import type { IHttpRequestHelper } from 'n8n-workflow';

import { isForDirectRequest, sendDirectly } from './directRequest';
import type { PostForm } from '../../core/domo/token';
import { unreachableError } from '../../core/domo/unreachableError';
import { readLimited } from '../../core/support/readLimited';

/** How long Domo may take to hand out a token. */
const TOKEN_MS = 60_000;

/** A token of Domo takes some 1 KiB. */
const ANSWER_BYTES = 64 * 1024;

/** Posts a form by n8n's HTTP helper. Rejects with `domoInterrupted`; n8n's own error is dropped, since it holds the login. Of the answer at most 64 KiB are read. */
export function postForm(helpers: IHttpRequestHelper['helpers']): PostForm {
	return async (url, login, form) => {
		if (await isForDirectRequest(helpers, new URL(url))) return await postDirectly(url, login, form);
		const request = helpers.httpRequest({
			method: 'POST',
			url,
			auth: { ...login },
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
			body: form,
			// n8n reads a body whole, and unpacked, unless it is asked for as a stream.
			encoding: 'stream',
			timeout: TOKEN_MS,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		const { statusCode, body } = await request.catch((fault: unknown) => {
			throw unreachableError(fault);
		});
		if (!(body instanceof Readable)) return { status: statusCode, body };
		const text = await readLimited(body, ANSWER_BYTES, TOKEN_MS).catch((fault: unknown) => {
			throw unreachableError(fault);
		});
		return { status: statusCode, body: parsed(text) };
	};
}

/** The same past the proxy of the instance (directRequest.ts). */
const postDirectly: PostForm = async (url, { username, password }, form) => {
	const answer = await sendDirectly({
		method: 'POST',
		url: new URL(url),
		headers: {
			Accept: 'application/json',
			Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
			'Content-Type': 'application/x-www-form-urlencoded',
			'Content-Length': String(Buffer.byteLength(form)),
		},
		body: form,
		timeoutMs: TOKEN_MS,
	}).catch((fault: unknown) => {
		throw unreachableError(fault);
	});
	const text = await readLimited(answer, ANSWER_BYTES).catch(() => '');
	return { status: answer.statusCode ?? 0, body: parsed(text) };
};

/** JSON, or the text where it is none. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
