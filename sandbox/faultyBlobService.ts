import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request to the blob service, as far as a fault is chosen by it. */
export interface BlobRequest {
	/** `GET properties`, `PUT block`, `PUT blocklist`, `PUT blob`, `GET blocklist`, or another method with its `comp`. */
	readonly name: string;
	/** How many of this name came before. */
	readonly before: number;
	/** The blob or container it is for, as in the address: `/ACCOUNT/CONTAINER/BLOB`. */
	readonly path: string;
}

/** What happens instead of an answer; `replyLost` does what is asked and then breaks the line, `replyCut` in the middle of the answer. */
export type BlobFault =
	| 'reset'
	| 'silence'
	| 'replyLost'
	| 'replyCut'
	| { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
	/** Does what is asked with another body, and tells no checksum of it. */
	| { readonly stores: (body: Buffer) => Buffer }
	/** Does what is asked, and answers with these headers as well; without those that are undefined. */
	| { readonly tells: (body: Buffer) => Readonly<Record<string, string | undefined>> };

/** Chooses what goes wrong; undefined lets a request pass. The request waits for it. */
type Choose = (request: BlobRequest) => BlobFault | undefined | Promise<BlobFault | undefined>;

/** Stands before a blob service and misbehaves on request. */
export interface FaultyBlobService {
	/** Its address for clients: path style, like the one behind it. */
	readonly blobEndpoint: string;
	/** From now on. */
	fault(choose: Choose): void;
	close(): Promise<void>;
}

/** Starts it on a free port of the loopback address, in front of `blobEndpoint`. */
export async function startFaultyBlobService(blobEndpoint: string): Promise<FaultyBlobService> {
	const behind = new URL(blobEndpoint);
	let choose: Choose = () => undefined;
	let seen = new Map<string, number>();
	const server = createServer((incoming, outgoing) => {
		const name = nameOf(incoming);
		const before = seen.get(name) ?? 0;
		seen.set(name, before + 1);
		const answering = async () =>
			await answer(incoming, outgoing, behind, await choose({ name, before, path: urlOf(incoming).pathname }));
		answering().catch(() => incoming.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return {
		blobEndpoint: `http://127.0.0.1:${address.port}${behind.pathname}`,
		fault: (next) => {
			choose = next;
			seen = new Map();
		},
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

const UNTOLD = { 'content-md5': undefined, 'x-ms-content-crc64': undefined };

/** What is changed on the way cannot have the checksum it was sent with. */
const UNCHECKED = { 'content-md5': undefined, 'x-ms-blob-content-md5': undefined };

async function answer(
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	behind: URL,
	fault?: BlobFault,
): Promise<void> {
	if (fault === 'reset') return void incoming.socket.resetAndDestroy();
	const body = await buffer(incoming);
	if (fault === 'silence') return;
	if (typeof fault === 'object' && 'status' in fault)
		return void outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? '');
	const change = typeof fault === 'object' ? fault : undefined;
	const stores = change && 'stores' in change ? change.stores : undefined;
	const tells = change && 'tells' in change ? change.tells(body) : stores && UNTOLD;
	const sent = stores === undefined ? body : stores(body);
	const { method = 'GET', url = '' } = incoming;
	const headers = stores === undefined ? incoming.headers : { ...incoming.headers, ...UNCHECKED };
	const forwarded = request({ host: behind.hostname, port: behind.port, method, path: url });
	const length = method === 'PUT' ? { 'content-length': String(sent.length) } : {};
	for (const [name, value] of Object.entries({ ...headers, ...length }))
		if (value !== undefined) forwarded.setHeader(name, value);
	forwarded.end(sent);
	const [response]: IncomingMessage[] = await once(forwarded, 'response');
	if (response === undefined) throw new Error('No answer');
	const content = await buffer(response);
	if (fault === 'replyLost') return void incoming.socket.resetAndDestroy();
	const told = Object.entries({ ...response.headers, ...tells }).filter(([, value]) => value !== undefined);
	outgoing.writeHead(response.statusCode ?? 500, Object.fromEntries(told));
	if (fault !== 'replyCut') return void outgoing.end(content);
	outgoing.write(content.subarray(0, content.length / 2), () => incoming.socket.resetAndDestroy());
}

const urlOf = ({ url = '' }: IncomingMessage) => new URL(url, 'http://any');

function nameOf(incoming: IncomingMessage): string {
	const { method = '' } = incoming;
	const comp = urlOf(incoming).searchParams.get('comp');
	const what = comp ?? (method === 'HEAD' ? 'properties' : 'blob');
	return `${method === 'HEAD' ? 'GET' : method} ${what}`;
}
