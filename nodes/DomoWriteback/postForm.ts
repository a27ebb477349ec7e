import type { IHttpRequestHelper } from 'n8n-workflow';

import type { PostForm } from './domo/token';
import { unreachable } from './domo/unreachable';

/** How long Domo may take to hand out a token. */
const TOKEN_MS = 60_000;

/** Posts a form by n8n's HTTP helper. Rejects with `domoInterrupted`; n8n's own error is dropped, since it holds the login. */
export function postForm(helpers: IHttpRequestHelper['helpers']): PostForm {
	return async (url, login, form) => {
		const request = helpers.httpRequest({
			method: 'POST',
			url,
			auth: { ...login },
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
			body: form,
			timeout: TOKEN_MS,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		const { statusCode, body } = await request.catch((fault: unknown) => {
			throw unreachable(fault);
		});
		return { status: statusCode, body };
	};
}
