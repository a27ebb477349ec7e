import { allowAllHosts, type EgressPolicy } from '../egressPolicy';
import { type AzureAccount, type AzureAccountFields, azureSecrets, readAccount } from './account';
import { azureCode, toAzureError } from './azureErrors';
import { openService } from './client';
import { retryRequest } from './retryRequest';
import { WritebackError } from '../../support/errors';
import { createRedactor } from '../../support/redact/redactor';

export interface ContainerPage {
	readonly names: readonly string[];
	/** Where the next page starts; undefined after the last one. */
	readonly next?: string;
}

const PAGE_SIZE = 100;

/** How long a user waits for a list, with all its tries. */
const LIST_MS = 20_000;

/** Codes of a token that is genuine but may do less than was asked. */
const GENUINE = new Set(['AuthorizationPermissionMismatch', 'AuthorizationResourceTypeMismatch']);

/** One page of the account's containers whose name starts with `prefix`. Rejects with `destinationLogin` when the SAS may not list. */
export async function listContainers(
	fields: AzureAccountFields,
	prefix: string,
	from?: string,
	egress: EgressPolicy = allowAllHosts,
): Promise<ContainerPage> {
	const account = readAccount(fields);
	await egress.check(new URL(account.endpoint).hostname, 'Blob Endpoint');
	if (account.sas.scope === 'container') throw mayNotList();
	const page = await firstPage(account, egress, prefix, from).catch((fault: unknown) => {
		throw GENUINE.has(azureCode(fault)) ? mayNotList() : listingRefused(fault, fields, account);
	});
	if (page.done === true) return { names: [] };
	const { containerItems = [], continuationToken } = page.value;
	const { finished } = createRedactor(azureSecrets(fields));
	return {
		names: containerItems.map(({ name }) => finished(name)),
		...(continuationToken ? { next: continuationToken } : {}),
	};
}

/**
 * Tries a token without changing anything. A genuine token without list rights passes. One that opens a single container
 * is checked by its text only, since the credential does not know the container.
 */
export async function tryAccount(fields: AzureAccountFields): Promise<'tried' | 'readable'> {
	const account = readAccount(fields);
	if (account.sas.scope === 'container') return 'readable';
	try {
		await firstPage(account, allowAllHosts, '');
	} catch (fault) {
		if (!GENUINE.has(azureCode(fault))) throw listingRefused(fault, fields, account);
	}
	return 'tried';
}

async function firstPage(account: AzureAccount, egress: EgressPolicy, prefix: string, from?: string) {
	const { client, close } = openService(account, egress, LIST_MS);
	const retry = { signal: AbortSignal.timeout(LIST_MS), idleMs: LIST_MS };
	return await retryRequest(retry, async (abortSignal) => {
		const pages = client
			.listContainers({ abortSignal, ...(prefix === '' ? {} : { prefix }) })
			.byPage({ maxPageSize: PAGE_SIZE, ...(from === undefined ? {} : { continuationToken: from }) });
		return await pages.next();
	}).finally(close);
}

function listingRefused(fault: unknown, fields: AzureAccountFields, { account }: AzureAccount): unknown {
	const { foreign } = createRedactor(azureSecrets(fields));
	return toAzureError(fault, { account, container: '', redact: foreign }, 'listing');
}

function mayNotList(): WritebackError {
	return new WritebackError('destinationLogin', "The SAS token doesn't allow listing containers", {
		hint: "Choose By Name and enter the container's name, or use an account SAS with resource type Service and permission List.",
	});
}
