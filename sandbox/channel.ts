import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** A stand-in for the webhook of a chat, such as Slack's or Teams', on 127.0.0.1. */
export interface Channel {
	readonly url: string;
	/** What was posted to it and taken, in order; live, so `length` grows. */
	readonly heard: readonly unknown[];
	/** The next `times` posts are answered with 503 and not heard. */
	refuse(times: number): void;
	close(): Promise<void>;
}

/** `tell`, when given, gets each post that was taken; a port of 0 is any that is free. */
export async function startChannel(tell: (posted: unknown) => void = () => {}, port = 0): Promise<Channel> {
	const heard: unknown[] = [];
	let refused = 0;
	const server = createServer((request, response) => {
		void json(request)
			.catch(() => undefined)
			.then((posted) => {
				const isTaken = refused === 0;
				if (isTaken) heard.push(posted);
				else refused--;
				if (isTaken) tell(posted);
				response.writeHead(isTaken ? 200 : 503, { 'Content-Type': 'text/plain' }).end(isTaken ? 'ok' : 'not now');
			});
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The channel did not get a port');
	return {
		url: `http://127.0.0.1:${address.port}/`,
		heard,
		refuse: (times) => {
			refused = times;
		},
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
