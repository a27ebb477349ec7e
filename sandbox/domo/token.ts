import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { jwtExpired } from './answers';
import type { Exchange } from './exchange';
import { readText, sendJson } from './exchange';
import { GRANT_PARAMETERS, wrongIn } from './strict';

/** Every scope Domo has; an export needs `data`. */
export const SCOPES: readonly string[] = ['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow'];
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

/** Why no token is given, in OAuth's own form (RFC 6749, 5.2). */
type Refusal = 'invalid_client' | 'invalid_request' | 'unsupported_grant_type' | 'invalid_scope';

/** `/oauth/token`: the grant is in the form body of a POST or in the query of a GET, never in the query of a POST. */
export async function grantToken(
	exchange: Exchange,
	tokens: Tokens,
	client: Client & { readonly scopes: readonly string[] },
): Promise<void> {
	const { request, url } = exchange;
	const post = request.method === 'POST';
	const form = post ? await readText(request) : undefined;
	if (!isClient(request.headers.authorization, client))
		return refuse(exchange, 'invalid_client', 'Bad client credentials');
	if (post && url.search !== '')
		return refuse(exchange, 'invalid_request', 'The grant of a POST belongs in its form body');
	if (post && !isForm(request.headers['content-type']))
		return refuse(exchange, 'invalid_request', 'A form body is required');
	const grant = post ? new URLSearchParams(form) : url.searchParams;
	const wrong = wrongIn(grant, GRANT_PARAMETERS);
	if (wrong !== undefined) return refuse(exchange, 'invalid_request', wrong);
	if (grant.get('grant_type') !== 'client_credentials')
		return refuse(exchange, 'unsupported_grant_type', 'Unsupported grant type');
	const asked = (grant.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
	const other = asked.find((scope) => !client.scopes.includes(scope));
	if (other !== undefined) return refuse(exchange, 'invalid_scope', `Invalid scope: ${other}`);
	sendJson(exchange, 200, tokens.mint(asked.length === 0 ? client.scopes : asked), { 'Cache-Control': 'no-store' });
}

function refuse(exchange: Exchange, error: Refusal, description: string): void {
	const headers = error === 'invalid_client' ? { 'WWW-Authenticate': 'Basic realm="oauth2/client"' } : {};
	sendJson(exchange, error === 'invalid_client' ? 401 : 400, { error, error_description: description }, headers);
}

function isClient(authorization: string | undefined, { clientId, clientSecret }: Client): boolean {
	const encoded = /^basic (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
	return Buffer.from(encoded, 'base64').toString('utf8') === `${clientId}:${clientSecret}`;
}

function isForm(contentType: string | undefined): boolean {
	return contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
}

/** Signed with a key that only the double has: clients may read the token, and only the double knows whether it is valid. */
function jwt(payload: object): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
	return `${signed}.${createHmac('sha256', randomBytes(32)).update(signed).digest('base64url')}`;
}
