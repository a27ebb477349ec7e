import { badSetting } from '../../errors';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The blob service's address without a trailing slash: Azure's public cloud when `blobEndpoint` is empty. Throws `setting`. */
export function readBlobEndpoint(accountName: string, blobEndpoint: string): string {
	const given = blobEndpoint.trim();
	if (given === '') return `https://${readAccountName(accountName)}.blob.core.windows.net`;
	const hint = 'Leave it empty for Azure, or use e.g. https://ACCOUNT.blob.core.chinacloudapi.cn.';
	const address = /^([a-z]+:\/\/|https?:)/i.test(given) ? given : `https://${given}`;
	if (!URL.canParse(address)) throw badSetting('Blob Endpoint', 'this is not an address', hint);
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') throw badSetting('Blob Endpoint', 'the address holds a login', hint);
	if (url.search !== '')
		throw badSetting('Blob Endpoint', 'the address holds a SAS token', 'Put the token into SAS Token.');
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
		throw badSetting(
			'Blob Endpoint',
			'the address must start with https://',
			`${hint} http:// is accepted for this machine only (Azurite).`,
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** 3 to 24 lower-case letters and digits (learn.microsoft.com, "Storage account overview"). */
function readAccountName(text: string): string {
	const name = text.trim();
	if (/^[a-z0-9]{3,24}$/.test(name)) return name;
	throw badSetting(
		'Account Name',
		'it must be 3 to 24 lower-case letters and digits',
		'Use only the name, e.g. mycompanydata, not the whole address.',
	);
}

/**
 * Checks a container name: 3 to 63 lower-case letters, digits and single hyphens, or `$root` and `$web`
 * (learn.microsoft.com, "Naming and Referencing Containers, Blobs, and Metadata"). Throws `setting`.
 */
export function readContainerName(text: string): string {
	const name = text.trim();
	if (name === '')
		throw badSetting('Blob Container', 'it is empty', 'Choose a container from the list, or type its name.');
	if (name === '$root' || name === '$web' || /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return name;
	throw badSetting(
		'Blob Container',
		'no container can have this name',
		'Container names are 3 to 63 lower-case letters, digits and single hyphens, e.g. domo-exports.',
	);
}
