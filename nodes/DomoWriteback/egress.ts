import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { anywhere, type Egress } from './destinations/egress';
import { badSetting } from './errors';

/** What this n8n instance lets its workflows reach (N8N_SSRF_PROTECTION_ENABLED): sockets and SDKs are outside of it unless they ask. */
export function egressOf({ helpers }: IExecuteFunctions | ILoadOptionsFunctions): Egress {
	// Older n8n has no such policy.
	if (!('getSecureEgressFilter' in helpers)) return anywhere;
	const filter = helpers.getSecureEgressFilter();
	return {
		check: async (host, field) => {
			const allowed = await filter.validateUrl(`https://${host.includes(':') ? `[${host}]` : host}`);
			// A name that cannot be looked up is for the connection to tell.
			if (!allowed.ok && isForbidden(allowed.error)) throw forbidden(host, field);
		},
		lookup: filter.createSecureLookup(),
	};
}

function isForbidden(fault: Error): boolean {
	return fault.constructor.name.startsWith('Ssrf');
}

function forbidden(host: string, field: string) {
	return badSetting(
		field,
		`this n8n instance does not allow connections to ${host}`,
		"Use another server, or ask n8n's administrator to allow this one (N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES).",
	);
}
