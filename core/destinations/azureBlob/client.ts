import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
	AnonymousCredential,
	BlobServiceClient,
	newPipeline,
	type RequestPolicyFactory,
	StorageRetryPolicyType,
} from '@azure/storage-blob';
import { type EgressPolicy, hostNotAllowed, FORBIDDEN_ADDRESS } from '../egressPolicy';
import type { AzureAccount } from './account';
import { limitBody } from './limitBody';
import { TIMED_OUT } from './retryRequest';
import { codeOf } from '../../support/errors';
import { isLoopback } from '../../support/loopback';

/** A service client, and the end of the connections that it alone has. */
export interface Service {
	readonly client: BlobServiceClient;
	close(): void;
}

/**
 * The service client of an account; every request carries the SAS and is sent once (`again` repeats it), to addresses that `egress`
 * allows. Requests reject with `setting` for others, and with the code `TIMED_OUT` when nothing moves for `idleMs`.
 */
export function openService({ endpoint, sas }: AzureAccount, egress: EgressPolicy, idleMs: number): Service {
	const options = {
		// The SDK's own policy leaves out 408, 429, 502 and 504, and has no limit for a single try.
		retryOptions: { retryPolicyType: StorageRetryPolicyType.FIXED, maxTries: 1 },
		// The blob service doesn't redirect. A server that does would receive the SAS, and may name an address that wasn't checked.
		redirectOptions: { maxRetries: 0 },
		userAgentOptions: { userAgentPrefix: 'n8n-nodes-domo-writeback' },
	};
	const pipeline = newPipeline(new AnonymousCredential(), options);
	const agent = agentFor(endpoint, egress, idleMs);
	pipeline.factories.push(limitBody, sentBy(agent, new URL(endpoint).hostname));
	return { client: new BlobServiceClient(`${endpoint}?${sas.token}`, pipeline), close: () => agent.destroy() };
}

/** Node.js counts what the kernel takes of a large write as movement, too, so that a slow line is none that is silent. */
function agentFor(endpoint: string, { lookup }: EgressPolicy, idleMs: number): HttpAgent {
	const options = { keepAlive: true, timeout: idleMs, ...(lookup && { lookup }) };
	const agent = endpoint.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
	const connect = agent.createConnection.bind(agent);
	agent.createConnection = (...wanted) => {
		const socket = connect(...wanted);
		socket?.once('timeout', () => {
			socket.destroy(Object.assign(new Error('Nothing moved'), { code: TIMED_OUT }));
		});
		return socket;
	};
	return agent;
}

/** The check of a host looks its name up, and so does the socket: only the agent knows where it leads in the end. */
function sentBy(agent: HttpAgent, host: string): RequestPolicyFactory {
	return {
		create: (next) => ({
			sendRequest: async (request) => {
				// One that is there already leads to the instance's proxy, which looks names up by itself. This machine is no matter of a
				// proxy: over http it would read the SAS.
				if (request.agent === undefined || isLoopback(host)) request.agent = agent;
				return await next.sendRequest(request).catch((fault: unknown) => {
					throw codeOf(fault) === FORBIDDEN_ADDRESS ? hostNotAllowed(host, 'Blob Endpoint') : fault;
				});
			},
		}),
	};
}
