import { checkAzureHost } from './blobHost';
import { invalidParameter, type WritebackError } from '../../support/errors';
import { refuseNowhere } from '../../support/hostAddress';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Hosts that tell an account by the path of the address: addresses in numbers, and names that no DNS of the world knows. */
const NO_ACCOUNT_IN_NAME = /^([^.]+|[\d.]+|\[.*\])$/;

const HINT = 'Leave it empty for Azure, or use e.g. https://ACCOUNT.blob.core.chinacloudapi.cn.';

/**
 * The blob service's address without a trailing slash: Azure's public cloud when `blobEndpoint` is empty. Throws `setting` for an address
 * that is none of a blob service, or leads below its top: everything would get a place that nobody looks into.
 */
export function readBlobEndpoint(accountName: string, blobEndpoint: string): string {
	const given = blobEndpoint.trim();
	if (given === '') return `https://${readAccountName(accountName)}.blob.core.windows.net`;
	const url = readAddress(given);
	const host = url.hostname.replace(/\.$/, '');
	refuseNowhere(host, 'Blob Endpoint');
	const origin = `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`;
	const isAzure = checkAzureHost(host, accountName);
	const path = url.pathname.split('/').filter((part) => part !== '');
	if (path.length === 0) return origin;
	const [first = ''] = path;
	const named = accountName.trim();
	// As Azurite has it: http://127.0.0.1:10000/devstoreaccount1, or https://azurite.example.com:10000/devstoreaccount1.
	const isPathStyle =
		!isAzure && (NO_ACCOUNT_IN_NAME.test(host) || (url.port !== '' && (named === '' || named === first)));
	if (isPathStyle && path.length === 1 && /^[a-z0-9]{3,24}$/.test(first)) return `${origin}/${first}`;
	const top = isPathStyle ? `${origin}/${named === '' ? 'ACCOUNT' : named}` : origin;
	throw invalidParameter(
		'Blob Endpoint',
		'the address continues after the end of the endpoint',
		`Use ${top}. Put the container into 'Blob Container' and the folder into 'Folder'.`,
	);
}

function readAddress(given: string): URL {
	const hasScheme = /^([a-z][a-z+.-]*:\/\/|https?:)/i.test(given);
	const address = hasScheme ? given : `https://${given}`;
	if (!URL.canParse(address)) throw invalidParameter('Blob Endpoint', 'this is not an address', HINT);
	const url = new URL(address);
	const isHttp = url.protocol === 'http:';
	if (!isHttp && url.protocol !== 'https:') throw notHttps();
	if (url.username !== '' || url.password !== '')
		throw invalidParameter('Blob Endpoint', 'the address contains a user name or a password', HINT);
	if (url.search !== '' || /[?&;/]sig=|SharedAccessSignature/i.test(given))
		throw invalidParameter('Blob Endpoint', 'the address contains a SAS token', "Put the token into 'SAS Token'.");
	if (isHttp && !LOOPBACK.test(url.hostname)) throw notHttps();
	return url;
}

function notHttps(): WritebackError {
	const hint = `${HINT} http:// is accepted only for the machine that n8n runs on (Azurite).`;
	return invalidParameter('Blob Endpoint', 'the address must start with https://', hint);
}

/** 3 to 24 lower-case letters and digits (learn.microsoft.com, "Storage account overview"). */
function readAccountName(text: string): string {
	const name = text.trim();
	if (/^[a-z0-9]{3,24}$/.test(name)) return name;
	throw invalidParameter(
		'Account Name',
		'it must be 3 to 24 lower-case letters and digits',
		'Enter only the name, e.g. mycompanydata, not the whole address.',
	);
}

/**
 * Checks a container name: 3 to 63 lower-case letters, digits and single hyphens, or `$root` and `$web`
 * (learn.microsoft.com, "Naming and Referencing Containers, Blobs, and Metadata"). Throws `setting`.
 */
export function readContainerName(text: string): string {
	const name = text.trim();
	if (name === '')
		throw invalidParameter('Blob Container', 'it is empty', 'Choose a container from the list, or enter its name.');
	if (name === '$root' || name === '$web' || /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return name;
	throw invalidParameter(
		'Blob Container',
		"this isn't a valid container name",
		'Container names are 3 to 63 lower-case letters, digits and single hyphens, e.g. domo-exports.',
	);
}
