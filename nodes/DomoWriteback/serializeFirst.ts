import type { DomoRequest } from '../../core/domo/request';

/** Lets the first request go ahead alone: it fetches the token that all others then find. */
export function serializeFirst(request: DomoRequest): DomoRequest {
	let first: Promise<unknown> | undefined;
	return async (query) => {
		if (first === undefined) {
			const answer = request(query);
			first = answer.catch(() => undefined);
			return await answer;
		}
		await first;
		return await request(query);
	};
}
