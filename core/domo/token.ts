import { invalidParameter, WritebackError } from '../support/errors';
import { field } from '../support/field';
import { refuseNowhere } from '../support/hostAddress';
import { isTransientStatus } from '../support/transientStatus';
import { API_CLIENTS, CHECK_API_HOST, CHECK_CLIENT, LATER, NEW_CLIENT } from './hintTexts';
import { isHtmlPage, secretWebPage } from './htmlPage';

/** What a token is asked with; the host as the user typed it. */
export interface DomoClient {
	readonly apiHost: string;
	readonly clientId: string;
	readonly clientSecret: string;
}

/** A POST with a form body and HTTP Basic, answered whatever the status. */
export type PostForm = (
	url: string,
	login: { readonly username: string; readonly password: string },
	form: string,
) => Promise<{ readonly status: number; readonly body: unknown }>;

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The API host as an origin without a trailing slash. Rejects what is no https address; http is for this machine only. */
export function readApiHost(text: string): string {
	const trimmed = text.trim();
	const address = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
	const hint = 'It should be https://api.domo.com.';
	if (!URL.canParse(address)) throw invalidParameter('API Host', 'this is not an address', hint);
	const url = new URL(address);
	const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
	if (!secure)
		throw invalidParameter(
			'API Host',
			'the address must start with https://',
			`${hint} http:// is accepted only for the machine that n8n runs on.`,
		);
	if (url.username !== '' || url.password !== '')
		throw invalidParameter('API Host', 'the address contains a user name or a password', hint);
	refuseNowhere(url.hostname, 'API Host');
	return url.origin;
}

/**
 * Mints an access token; Domo gives it about an hour. Rejects with `setting`, `domoLogin`, or `domoBusy`.
 * The grant goes as a form body: with a query string Domo refuses it since January 2024 (developer.domo.com, Authentication).
 */
export async function mintToken(client: DomoClient, post: PostForm): Promise<string> {
	const url = `${readApiHost(client.apiHost)}/oauth/token`;
	const login = { username: client.clientId.trim(), password: client.clientSecret.trim() };
	if (login.username === '')
		throw invalidParameter('Client ID', 'it is empty', `Paste the ID of an API client (${API_CLIENTS}).`);
	if (login.password === '')
		throw invalidParameter(
			'Client Secret',
			'it is empty',
			`Paste the secret of an API client, which Domo shows only once, when the client is created (${API_CLIENTS}).`,
		);
	const { status, body } = await post(url, login, 'grant_type=client_credentials&scope=data');
	const token = field(body, 'access_token');
	if (status === 200 && typeof token === 'string' && token !== '') return token;
	throw refusedLogin(status, body);
}

function refusedLogin(status: number, body: unknown): WritebackError {
	if (isTransientStatus(status)) {
		return new WritebackError('domoBusy', `Domo couldn't issue a token (status ${status})`, {
			hint: LATER,
		});
	}
	if (field(body, 'error') === 'invalid_scope') {
		return new WritebackError('domoLogin', 'This Domo client was created without the scope "data"', {
			hint: NEW_CLIENT,
		});
	}
	if (status === 400 || status === 401 || status === 403) {
		return new WritebackError('domoLogin', 'Domo refused the client ID and secret', {
			hint: CHECK_CLIENT,
		});
	}
	if (typeof body === 'string' && isHtmlPage(body)) return secretWebPage(body);
	// Whatever the body is, it may hold the token or repeat the login: nothing of it is shown.
	return new WritebackError('domoNotData', `Domo answered the login with status ${status} and no token`, {
		hint: CHECK_API_HOST,
	});
}
