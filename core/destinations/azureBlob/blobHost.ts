import { invalidParameter, type WritebackError } from '../../support/errors';

/**
 * Where Azure's own clouds have their storage services, each account under a name of its own (learn.microsoft.com, "Storage account
 * overview" and "Storage account endpoints"; the last two are clouds of the United States' government).
 */
const CLOUDS = [
	'core.windows.net',
	'core.chinacloudapi.cn',
	'core.usgovcloudapi.net',
	'core.cloudapi.de',
	'storage.azure.net',
	'core.eaglex.ic.gov',
	'core.microsoft.scloud',
];

/** `acc`, `acc-secondary` or `acc-microsoftrouting`; a DNS zone; a private link's own name; the service. */
const ACCOUNT_HOST = /^([a-z0-9]{3,24})((?:-[a-z0-9]+)*)(?:\.z\d+)?(?:\.privatelink)?\.([a-z]+)$/;

/** What the hosts of other services are for. */
const SERVICES: Readonly<Record<string, string>> = {
	dfs: 'Data Lake Storage',
	file: 'Azure Files',
	queue: 'queues',
	table: 'tables',
	web: 'static websites',
};

/** Throws `setting` for a host of Azure's that is no place to write blobs of this account. Whether it is one of Azure's hosts at all. */
export function checkAzureHost(host: string, accountName: string): boolean {
	const cloud = CLOUDS.find((name) => host === name || host.endsWith(`.${name}`));
	if (cloud === undefined) return false;
	const own = (account: string) => `Leave it empty for Azure's public cloud, or use https://${account}.blob.${cloud}.`;
	const found = ACCOUNT_HOST.exec(host.slice(0, -cloud.length - 1));
	if (found === null) throw refused("this isn't the address of a storage account", own('ACCOUNT'));
	const [, account = '', more = '', service = ''] = found;
	if (service !== 'blob') {
		const purpose = Object.hasOwn(SERVICES, service) ? SERVICES[service] : 'another service';
		throw refused(`this is the address for ${purpose}, not for blobs`, own(account));
	}
	if (more.split('-').includes('secondary'))
		throw refused('this is the secondary region, which is read-only', own(account));
	const named = accountName.trim().toLowerCase();
	if (named !== '' && named !== account)
		throw refused(
			`it belongs to account ${account}, but 'Account Name' is different`,
			"Leave 'Blob Endpoint' empty, or correct 'Account Name'.",
		);
	return true;
}

function refused(what: string, hint: string): WritebackError {
	return invalidParameter('Blob Endpoint', what, hint);
}
