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

/** What happens instead of an answer; `replyLost` does what is asked and then breaks the line. */
export type BlobFault =
	| 'reset'
	| 'silence'
	| 'replyLost'
	| { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** Stands before a blob service and misbehaves when it is told to. */
export interface FaultyBlobService {
	/** Its address for clients: path style, like the one behind it. */
	readonly blobEndpoint: string;
	/** Chooses what goes wrong from now on; undefined lets a request pass. */
	fault(choose: (request: BlobRequest) => BlobFault | undefined): void;
	close(): Promise<void>;
}

/** Starts it on a free port of the loopback address, in front of `blobEndpoint`. */
export async function startFaultyBlobService(blobEndpoint: string): Promise<FaultyBlobService> {
	const behind = new URL(blobEndpoint);
	let choose: (request: BlobRequest) => BlobFault | undefined = () => undefined;
	let seen = new Map<string, number>();
	const server = createServer((incoming, outgoing) => {
		const name = nameOf(incoming);
		const before = seen.get(name) ?? 0;
		seen.set(name, before + 1);
		answer(incoming, outgoing, behind, choose({ name, before, path: urlOf(incoming).pathname })).catch(() =>
			incoming.destroy(),
		);
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

async function answer(
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	behind: URL,
	fault?: BlobFault,
): Promise<void> {
	if (fault === 'reset') return void incoming.socket.resetAndDestroy();
	const body = await buffer(incoming);
	if (fault === 'silence') return;
	if (typeof fault === 'object') return void outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? '');
	const { method = 'GET', url = '', headers } = incoming;
	const forwarded = request({ host: behind.hostname, port: behind.port, method, path: url, headers });
	forwarded.end(body);
	const [response]: IncomingMessage[] = await once(forwarded, 'response');
	if (response === undefined) throw new Error('No answer');
	const content = await buffer(response);
	if (fault === 'replyLost') return void incoming.socket.resetAndDestroy();
	outgoing.writeHead(response.statusCode ?? 500, response.headers).end(content);
}

const urlOf = ({ url = '' }: IncomingMessage) => new URL(url, 'http://any');

function nameOf(incoming: IncomingMessage): string {
	const { method = '' } = incoming;
	const comp = urlOf(incoming).searchParams.get('comp');
	const what = comp ?? (method === 'HEAD' ? 'properties' : 'blob');
	return `${method === 'HEAD' ? 'GET' : method} ${what}`;
}
