import type { DomoDouble } from './domo';

/** Asks a double what a client of Domo asks, for tests. */
export interface DomoClient {
	/** Sent with every request; '' until `login`, and free to be spoilt. */
	authorization: string;
	/** The Authorization header of a token request. */
	readonly basic: string;
	/** Mints a token and uses it from now on. */
	login(scope?: string): Promise<void>;
	get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
	metadata(id: string): Promise<Response>;
	/** The export, with its header unless the query says otherwise. */
	csv(id: string, options?: { readonly query?: string; readonly signal?: AbortSignal }): Promise<Response>;
}

export function domoClient(domo: Pick<DomoDouble, 'url' | 'clientId' | 'clientSecret'>): DomoClient {
	const basic = `Basic ${btoa(`${domo.clientId}:${domo.clientSecret}`)}`;
	return {
		authorization: '',
		basic,
		async login(scope = 'data') {
			const body = new URLSearchParams({ grant_type: 'client_credentials', scope });
			const headers = { authorization: basic };
			const answer = await fetch(`${domo.url}/oauth/token`, { method: 'POST', headers, body });
			this.authorization = `Bearer ${accessToken(await answer.json())}`;
		},
		async get(path, headers = {}) {
			return await fetch(domo.url + path, { headers: { authorization: this.authorization, ...headers } });
		},
		async metadata(id) {
			return await this.get(`/v1/datasets/${id}`);
		},
		async csv(id, { query = '?includeHeader=true', signal } = {}) {
			const headers = { authorization: this.authorization, accept: 'text/csv' };
			return await fetch(`${domo.url}/v1/datasets/${id}/data${query}`, { headers, signal: signal ?? null });
		},
	};
}

function accessToken(answer: unknown): string {
	const found = typeof answer === 'object' && answer !== null && 'access_token' in answer;
	if (!found) throw new Error('The double gave no token');
	return String(answer.access_token);
}
