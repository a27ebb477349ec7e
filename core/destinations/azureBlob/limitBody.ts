import type { Readable } from 'node:stream';
import { RestError, type RequestPolicyFactory } from '@azure/storage-blob';
import { readLimited } from '../../support/readLimited';

type Policy = ReturnType<RequestPolicyFactory['create']>;
type Response = Awaited<ReturnType<Policy['sendRequest']>>;

/** Azure names an error in less than 1 KiB. */
const FAULT_BYTES = 16 * 1024;

/** Lists of 100 containers have some 50 KiB. */
const ANSWER_BYTES = 1024 * 1024;

/** The list of the 50,000 blocks that a blob may have. */
const BLOCK_LIST_BYTES = 16 * 1024 * 1024;

/**
 * The SDK reads answers whole, however long they are: this reads them for it, up to a bound. Downloads stay streams. By this name the SDK puts
 * what a pipeline adds below the place where it reads bodies (Pipeline.js of @azure/storage-blob, isInjectorPolicyFactory).
 */
class InjectorPolicyFactory implements RequestPolicyFactory {
	create(next: Policy): Policy {
		return {
			sendRequest: async (request) => {
				const streamed = request.streamResponseStatusCodes;
				// The SDK's word for every status.
				request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
				try {
					const response = await next.sendRequest(request);
					const most = request.url.includes('comp=blocklist') ? BLOCK_LIST_BYTES : ANSWER_BYTES;
					if (streamed?.has(response.status) !== true) await readBody(response, most);
					return response;
				} finally {
					// Deleted, it would stay in the SDK's own request behind this one.
					Reflect.set(request, 'streamResponseStatusCodes', streamed);
				}
			},
		};
	}
}

export const limitBody: RequestPolicyFactory = new InjectorPolicyFactory();

/** Puts the text of the body where the SDK looks for it. A fault that is too long to be Azure's has none; rejects for any other answer of that kind. */
async function readBody(response: Response, most: number): Promise<void> {
	const body: NodeJS.ReadableStream | undefined = response.readableStreamBody;
	if (body === undefined || !isReadable(body)) return;
	const isFault = response.status >= 400;
	const limit = isFault ? FAULT_BYTES : most;
	const text = await readLimited(body, limit + 1).catch((fault: unknown) => {
		// As the SDK itself says it, so that the request is sent again.
		throw new RestError(`Error reading response as text: ${String(fault)}`, { code: RestError.PARSE_ERROR });
	});
	delete response.readableStreamBody;
	const isWhole = Buffer.byteLength(text) <= limit;
	if (!isWhole && !isFault) throw new RestError('The response is too long', { statusCode: response.status });
	response.bodyAsText = isWhole ? text : '';
}

function isReadable(body: NodeJS.ReadableStream): body is Readable {
	return 'destroy' in body;
}
