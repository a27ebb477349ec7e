import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { badRequest, jwtExpired } from './answers';
import type { Exchange } from './exchange';
import { readText, sendError, sendJson } from './exchange';

/** Every scope Domo has; an export needs `data`. */
const SCOPES = ['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow'];
const USER_ID = 587894148;
const CUSTOMER = 'sandbox';

export type TokenCheck =
	| { readonly kind: 'good'; readonly token: string; readonly scopes: readonly string[] }
	| { readonly kind: 'bad'; readonly description: string };

export interface Tokens {
	mint(scopes: readonly string[]): Record<string, string | number>;
	/** What the request's Authorization header is worth now. */
	check(authorization: string | undefined): TokenCheck;
	/** The token is refused from now on, whatever its own `exp` says. */
	expire(token: string): void;
}

export interface Client {
	readonly clientId: string;
	readonly clientSecret: string;
}

interface Minted {
	readonly scopes: readonly string[];
	expiresAt: number;
}

export function tokenStore(seconds: number): Tokens {
	const minted = new Map<string, Minted>();
	return {
		mint(scopes) {
			for (const [token, { expiresAt }] of minted) if (expiresAt < Date.now() - 3_600_000) minted.delete(token);
			const jti = randomUUID();
			const token = jwt({
				sub: String(USER_ID),
				scope: scopes,
				jti,
				customer: CUSTOMER,
				exp: Math.floor(Date.now() / 1000) + seconds,
			});
			minted.set(token, { scopes, expiresAt: Date.now() + seconds * 1000 });
			return { access_token: token, customer: CUSTOMER, expires_in: seconds, jti, ...FIXED, scope: scopes.join(' ') };
		},
		check(authorization) {
			const token = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
			const found = minted.get(token);
			if (!found)
				return { kind: 'bad', description: 'An error occurred while attempting to decode the Jwt: Malformed token' };
			if (found.expiresAt <= Date.now()) return { kind: 'bad', description: jwtExpired(new Date(found.expiresAt)) };
			return { kind: 'good', token, scopes: found.scopes };
		},
		expire(token) {
			const found = minted.get(token);
			if (found) found.expiresAt = Date.now();
		},
	};
}

const FIXED = { role: 'Admin', token_type: 'bearer', userId: USER_ID };

/** `/oauth/token`: the grant is in the form body of a POST or in the query of a GET, never in the query of a POST. */
export async function grantToken(exchange: Exchange, tokens: Tokens, client: Client): Promise<void> {
	const { request, url } = exchange;
	const post = request.method === 'POST';
	const form = post ? await readText(request) : undefined;
	if (!isClient(request.headers.authorization, client)) {
		const headers = { 'WWW-Authenticate': 'Basic realm="oauth2/client"' };
		return sendError(
			exchange,
			401,
			{ statusReason: 'Unauthorized', message: 'Bad credentials', path: url.pathname },
			headers,
		);
	}
	if (post && url.search !== '') return badRequest(exchange, 'The grant of a POST belongs in its form body');
	if (post && !isForm(request.headers['content-type'])) return badRequest(exchange, 'A form body is required');
	const grant = post ? new URLSearchParams(form) : url.searchParams;
	if (grant.get('grant_type') !== 'client_credentials') return badRequest(exchange, 'unsupported_grant_type');
	const scopes = (grant.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
	if (scopes.length === 0 || !scopes.every((scope) => SCOPES.includes(scope)))
		return badRequest(exchange, 'invalid_scope');
	sendJson(exchange, 200, tokens.mint(scopes), { 'Cache-Control': 'no-store' });
}

function isClient(authorization: string | undefined, { clientId, clientSecret }: Client): boolean {
	const encoded = /^basic (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
	return Buffer.from(encoded, 'base64').toString('utf8') === `${clientId}:${clientSecret}`;
}

function isForm(contentType: string | undefined): boolean {
	return contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
}

/** Signed with a key that nobody has: clients may read it, and only the double knows whether it is good. */
function jwt(payload: object): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
	return `${signed}.${createHmac('sha256', randomBytes(32)).update(signed).digest('base64url')}`;
}
