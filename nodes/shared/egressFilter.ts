import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions, ILoadOptionsFunctions, NodeEgressFilter } from 'n8n-workflow';

import {
	allowAllHosts,
	type EgressPolicy,
	hostNotAllowed,
	FORBIDDEN_ADDRESS,
} from '../../core/destinations/egressPolicy';
import { codeOf } from '../../core/support/errors';
import { addressesOf, canonicalHost, isAddress, isNowhere } from '../../core/support/hostAddress';

/** What this n8n instance lets its workflows reach (N8N_SSRF_PROTECTION_ENABLED): sockets and SDKs are outside of it unless they ask. */
export function egressPolicyOf({ helpers }: IExecuteFunctions | ILoadOptionsFunctions): EgressPolicy {
	// n8n has such a policy since 2.28, and before 2.39 a filter only where the policy is on.
	const filter: NodeEgressFilter | undefined =
		'getSecureEgressFilter' in helpers ? helpers.getSecureEgressFilter() : undefined;
	if (filter === undefined) return allowAllHosts;
	return {
		check: async (host, field) => {
			const read = canonicalHost(host);
			if (read === undefined || !(await isAllowed(filter, read))) throw hostNotAllowed(host, field);
		},
		lookup: marked(filter.createSecureLookup()),
	};
}

/** Only an answer of the policy lets a host through. */
async function isAllowed(filter: NodeEgressFilter, host: string): Promise<boolean> {
	for (const address of addressesOf(host)) {
		const fault = await faultOf(filter, address);
		// A name that cannot be looked up is for the connection to tell, which looks it up by the policy, too.
		const isUnknown = !isAddress(host) && LOOKUP_FAULTS.has(codeOf(fault));
		if (fault !== undefined && !isUnknown) return false;
	}
	return true;
}

const LOOKUP_FAULTS: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'ENODATA']);

async function faultOf(filter: NodeEgressFilter, host: string): Promise<unknown> {
	try {
		const allowed = await filter.validateUrl(`https://${host.includes(':') ? `[${host}]` : host}`);
		return allowed.ok ? undefined : allowed.error;
	} catch (fault) {
		return fault;
	}
}

/** The same lookup, whose refusals can be distinguished from names that cannot be looked up. */
function marked(lookup: LookupFunction): LookupFunction {
	return (host, options, answer) =>
		lookup(host, options, (fault, found, family) => {
			if (fault !== null) return answer(isForbidden(fault) ? refusalOf(fault) : fault, found, family);
			// n8n's own list of private addresses leaves out those that stand for any machine.
			const isAllowed = addressesIn(found).every((address) => !isNowhere(address));
			answer(isAllowed ? null : refusalOf(new Error(`${host} leads to no server`)), found, family);
		});
}

function refusalOf(fault: Error): Error {
	return Object.assign(fault, { code: FORBIDDEN_ADDRESS });
}

function addressesIn(found: string | readonly LookupAddress[]): readonly string[] {
	return typeof found === 'string' ? [found] : found.map(({ address }) => address);
}

function isForbidden(fault: Error): boolean {
	return fault.constructor.name.startsWith('Ssrf');
}
