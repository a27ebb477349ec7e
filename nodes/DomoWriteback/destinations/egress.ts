import type { LookupFunction } from 'node:net';

/** Which hosts may be connected to. */
export interface Egress {
	/** Rejects with `setting`, naming the field, when a host may not be connected to. */
	check(host: string, field: 'Hostname' | 'Blob Endpoint'): Promise<void>;
	/** Looks up names for a socket without finding a forbidden address; undefined when every address is allowed. */
	readonly lookup: LookupFunction | undefined;
}

/** Every host is allowed. */
export const anywhere: Egress = { check: async () => undefined, lookup: undefined };
