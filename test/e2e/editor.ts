import type { N8n } from '../../sandbox/n8n/n8n';

/** A signed-in browser, as far as n8n's server can tell. */
export async function signIn({ url, owner }: N8n) {
	const headers: Record<string, string> = { 'content-type': 'application/json', 'browser-id': 'e2e' };
	const send = async (path: string, body?: object) => {
		const request = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
		const answer = await fetch(`${url}${path}`, request);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
		return { cookies: answer.headers.getSetCookie(), text };
	};
	const { cookies } = await send('/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	headers.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
	return {
		get: async (path: string) => (await send(path)).text,
		post: async (path: string, body: object) => JSON.parse((await send(path, body)).text).data,
	};
}
