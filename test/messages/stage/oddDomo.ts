import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listening } from './listen';

/** Answers that Domo's double does not give, by the client ID that asks. */
export type Odd =
	| 'tokenTeapot' // the login is answered with a status that nobody expects
	| 'noScope' // the client was created without the scope data
	| 'tokenBusy' // no token is to be had now
	| 'teapot' // the DataSet is answered with such a status
	| 'cutJson' // the description of the DataSet breaks off
	| 'anything' // the DataSet is answered with JSON that is no DataSet
	| 'bareList' // one DataSet is listed, of which nothing but the ID and the name is told
	| 'listForbidden'; // DataSets may not be listed

/** A host that stands in for Domo's API and says what no other would. */
export interface OddDomo {
	/** A credential whose client gets the odd answer. */
	client(odd: Odd): { readonly apiHost: string; readonly clientId: string; readonly clientSecret: string };
	close(): Promise<void>;
}

export async function startOddDomo(): Promise<OddDomo> {
	const { port, close } = await listening(createServer(answer));
	return {
		client: (odd) => ({ apiHost: `http://127.0.0.1:${port}`, clientId: odd, clientSecret: `secret of ${odd}` }),
		close,
	};
}

const BARE = '5f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f';

/** The token is the client's ID, so that whoever brings it is known. */
function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
	const [kind, login = ''] = (headers.authorization ?? '').split(' ');
	const [client] = (kind === 'Basic' ? Buffer.from(login, 'base64').toString() : login).split(':');
	const json = (status: number, body: unknown) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	if (url.startsWith('/oauth/token')) {
		if (client === 'tokenTeapot') return void response.writeHead(418).end('short and stout');
		if (client === 'noScope')
			return void json(400, { error: 'invalid_scope', error_description: 'Invalid scope: data' });
		if (client === 'tokenBusy') return void response.writeHead(503).end();
		return void json(200, { access_token: client });
	}
	if (client === 'teapot') return void json(418, { message: 'short and stout' });
	if (client === 'cutJson') {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"id":');
		return void setImmediate(() => response.destroy());
	}
	if (client === 'bareList') return void json(200, url.includes('offset=0') ? [{ id: BARE, name: 'Bare' }] : []);
	if (client === 'anything') return void json(200, {});
	json(403, {});
}
