import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { invalidParameter, type WritebackError } from '../../../support/errors';
import { canonicalHost, isAddress, refuseNowhere } from '../../../support/hostAddress';
import { withoutEnd } from '../../../support/withoutEnd';

const EXAMPLE = 'Enter only the name or address of the server, e.g. sftp.example.com.';

/** What people type beside the host, in the order in which it is told. */
const WRONG: ReadonlyArray<readonly [found: RegExp, what: string, hint: string]> = [
	[/^$/u, 'it is empty', EXAMPLE],
	[/^[a-z][a-z0-9+.-]*:\/\//iu, 'only sftp:// is allowed before the host name', EXAMPLE],
	[/@/u, 'it contains a user name', `Put the user name in 'Username'. ${EXAMPLE}`],
	[/[\s\p{C}]/u, 'it contains a space or an invisible character', EXAMPLE],
	[/[/\\]/u, 'it contains a path', `Put the folder in the node's 'Path'. ${EXAMPLE}`],
	[/^(?:[^:]*|\[.*\]):\d*$/u, 'it contains a port', `Put the port in 'Port'. ${EXAMPLE}`],
];

/** RFC 1123 section 2.1, and the underscore that private networks use; the length is that of RFC 1035 section 2.3.4. */
const NAME = /^(?=.{1,253}$)[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*\.?$/iu;

/**
 * Reads what was typed as Hostname: a name or an address, also in Domo's form `sftp://host` or with a slash at its end.
 * Gives what a socket connects to: an IPv6 address without its brackets, a name outside ASCII in its ASCII form (RFC 3492).
 * @throws WritebackError 'setting' that says where a user name, port or path belongs; it never repeats what was typed.
 */
export function readHostname(text: string): string {
	const host = withoutEnd(text.trim().replace(/^sftp:\/\//iu, ''), /\//u);
	const wrong = WRONG.find(([found]) => found.test(host));
	if (wrong !== undefined) throw badHostname(wrong[1], wrong[2]);
	const address = /^\[(.*)\]$/u.exec(host)?.[1];
	if (isIPv6(address ?? host)) return readAddress(address ?? host);
	return readName(host);
}

function readAddress(address: string): string {
	if (address.includes('%'))
		throw badHostname(
			'an address with a zone (%) works only on one network of this machine',
			"Use the server's name or its own address.",
		);
	refuseNowhere(address, 'Hostname');
	const read = canonicalHost(address) ?? address;
	// An IPv4 address in IPv6's clothes; IPv6 itself stays as it was typed.
	return isIPv6(read) ? address : read;
}

function readName(host: string): string {
	const name = /[^ -~]/u.test(host) ? domainToASCII(host) : host;
	const read = NAME.test(name) ? canonicalHost(name) : undefined;
	if (read === undefined) throw badHostname('this is not a host name or an address', EXAMPLE);
	refuseNowhere(read, 'Hostname');
	// What is an address in another spelling is connected to as what it was checked as.
	return isAddress(read) ? read : name;
}

function badHostname(what: string, hint: string): WritebackError {
	return invalidParameter('Hostname', what, hint);
}
