import { isIPv4, isIPv6 } from 'node:net';
import { invalidParameter } from './errors';

/** A zone, and what begins another part of an address or is left out of it. */
const MORE_THAN_HOST = /[%/\\?#@\s]/;

/**
 * What a host is once all spellings of an address are read: `0x7f.1` and `::ffff:127.0.0.1` are 127.0.0.1, IPv6 has no brackets. Undefined
 * for what is neither a name nor an address, and for an address with a zone.
 */
export function canonicalHost(host: string): string | undefined {
	const typed = host.replace(/^\[|\]$/g, '');
	const address = `https://${typed.includes(':') ? `[${typed}]` : typed}`;
	if (MORE_THAN_HOST.test(typed) || !URL.canParse(address)) return undefined;
	const read = new URL(address).hostname.replace(/^\[|\]$/g, '');
	return (isIPv6(read) ? embedded(read, MAPPED) : undefined) ?? read;
}

/** Every address that a canonical host may reach: an IPv6 address may hold an IPv4 address that a gateway goes on to. */
export function addressesOf(host: string): readonly string[] {
	const inside = isIPv6(host) ? [embedded(host, NAT64), compatible(host), embedded6to4(host)] : [];
	return [host, ...inside.filter((address) => address !== undefined)];
}

/** Whether an address stands for any or no machine, or has a zone: on Linux a connection to the first two reaches this one. */
export function isNowhere(address: string): boolean {
	const host = canonicalHost(address);
	return host === undefined || host === '0.0.0.0' || host === '::';
}

/** Throws `setting` for an address that no server has. */
export function refuseNowhere(host: string, field: string): void {
	const read = canonicalHost(host);
	if (read !== '0.0.0.0' && read !== '::') return;
	throw invalidParameter(field, "this address doesn't belong to a server", "Use the server's name or its own address.");
}

/** The first 96 bits of IPv6 addresses whose last 32 bits are an IPv4 address (RFC 4291 section 2.5.5, RFC 6052 section 2.1). */
const MAPPED = [0, 0, 0, 0, 0, 0xffff];
const COMPATIBLE = [0, 0, 0, 0, 0, 0];
const NAT64 = [0x64, 0xff9b, 0, 0, 0, 0];

function embedded(address: string, prefix: readonly number[]): string | undefined {
	const groups = groupsOf(address);
	return prefix.every((group, at) => groups[at] === group) ? dotted(groups[6], groups[7]) : undefined;
}

/** `::1` and `::` are none. */
function compatible(address: string): string | undefined {
	return groupsOf(address)[6] === 0 ? undefined : embedded(address, COMPATIBLE);
}

/** 2002:WWXX:YYZZ::/48 (RFC 3056 section 2). */
function embedded6to4(address: string): string | undefined {
	const [first, high, low] = groupsOf(address);
	return first === 0x2002 ? dotted(high, low) : undefined;
}

function dotted(high = 0, low = 0): string {
	return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** The eight numbers of an IPv6 address as a URL writes it. */
function groupsOf(address: string): readonly number[] {
	const [before = '', after] = address.split('::');
	const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
	const [left, right] = [read(before), read(after ?? '')];
	return after === undefined ? left : [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** Whether a host is an address, which nothing looks up. */
export function isAddress(host: string): boolean {
	return isIPv4(host) || isIPv6(host);
}
