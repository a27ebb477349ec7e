import type { LookupFunction } from 'node:net';
import { invalidParameter, type WritebackError } from '../support/errors';

/** Which hosts may be connected to. */
export interface EgressPolicy {
	/** Rejects with `setting`, naming the field, when a host may not be connected to. */
	check(host: string, field: 'Hostname' | 'Blob Endpoint'): Promise<void>;
	/** Looks up names for a socket without finding a forbidden address: its error then has the code `FORBIDDEN_ADDRESS`. Undefined when every address is allowed. */
	readonly lookup: LookupFunction | undefined;
}

/** Every host is allowed. */
export const allowAllHosts: EgressPolicy = { check: async () => undefined, lookup: undefined };

/** A name may lead elsewhere by the time a socket looks it up; this is the `code` of the socket's error then. */
export const FORBIDDEN_ADDRESS = 'ERR_FORBIDDEN_ADDRESS';

export function hostNotAllowed(host: string, field: 'Hostname' | 'Blob Endpoint'): WritebackError {
	return invalidParameter(
		field,
		`this n8n instance does not allow connections to ${host}`,
		"Use another server, or ask n8n's administrator to allow this one (N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES).",
	);
}
