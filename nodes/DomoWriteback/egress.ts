import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions, ILoadOptionsFunctions, NodeEgressFilter } from 'n8n-workflow';

import { anywhere, type Egress, forbidden, FORBIDDEN_ADDRESS } from './destinations/egress';

/** What this n8n instance lets its workflows reach (N8N_SSRF_PROTECTION_ENABLED): sockets and SDKs are outside of it unless they ask. */
export function egressOf({ helpers }: IExecuteFunctions | ILoadOptionsFunctions): Egress {
	// n8n has such a policy since 2.28, and before 2.39 a filter only where the policy is on.
	const filter: NodeEgressFilter | undefined =
		'getSecureEgressFilter' in helpers ? helpers.getSecureEgressFilter() : undefined;
	if (filter === undefined) return anywhere;
	return {
		check: async (host, field) => {
			const allowed = await filter.validateUrl(`https://${host.includes(':') ? `[${host}]` : host}`);
			// A name that cannot be looked up is for the connection to tell.
			if (!allowed.ok && isForbidden(allowed.error)) throw forbidden(host, field);
		},
		lookup: marked(filter.createSecureLookup()),
	};
}

/** The same lookup, whose refusals can be told from names that cannot be looked up. */
function marked(lookup: LookupFunction): LookupFunction {
	return (host, options, answer) =>
		lookup(host, options, (fault, ...found) =>
			answer(
				fault !== null && isForbidden(fault) ? Object.assign(fault, { code: FORBIDDEN_ADDRESS }) : fault,
				...found,
			),
		);
}

function isForbidden(fault: Error): boolean {
	return fault.constructor.name.startsWith('Ssrf');
}
