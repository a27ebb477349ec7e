import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';
import { readApiHost } from '../../../core/domo/token';
import { egressPolicyOf } from '../../../nodes/shared/egressFilter';
import { addressesOf, canonicalHost } from '../../../core/support/hostAddress';
import { refusal } from '../../core/refusal';

class SsrfBlockedIpError extends Error {}

interface Policy {
	readonly validateUrl?: (url: string) => Promise<unknown>;
	readonly createSecureLookup?: () => LookupFunction;
}

/** What the node may reach under a policy of n8n's that allows public addresses and names alone. */
function under({ validateUrl = strict, createSecureLookup = () => leadingTo([]) }: Policy) {
	const getSecureEgressFilter = () => ({ validateUrl, createSecureLookup });
	return egressPolicyOf({ helpers: { getSecureEgressFilter } } as unknown as IExecuteFunctions);
}

const PRIVATE = /^https:\/\/(?:\[::1\]|127\.|10\.|169\.254\.|\[fe80:)/;
const strict = async (url: string) =>
	PRIVATE.test(url) || !URL.canParse(url) ? { ok: false, error: new SsrfBlockedIpError(url) } : { ok: true };

const leadingTo =
	(addresses: readonly string[]): LookupFunction =>
	(_host, _options, answer) =>
		answer(
			null,
			addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
		);

const forbidden = expect.objectContaining({ message: expect.stringContaining('does not allow connections to') });

test.each(['93.184.215.14', 'sftp.example.com', '2606:2800:21f::1', '64:ff9b::5db8:d70e'])(
	'a host that the policy allows may be reached: %s',
	async (host) => {
		await expect(under({}).check(host, 'Hostname')).resolves.toBeUndefined();
	},
);

test.each([
	...['127.0.0.1', '::1', '0x7f.1', '2130706433', '0177.0.0.1', '127.0.0.1.', '::ffff:127.0.0.1', '[::ffff:a00:1]'],
	...[
		'::1%lo',
		'fe80::1%eth0',
		'::ffff:169.254.169.254%lo',
		'64:ff9b::169.254.169.254',
		'::127.0.0.1',
		'2002:7f00:1::',
	],
	...['not a host', '256.1.1.1', 'a/b', 'a:22', 'me@93.184.215.14', '93.184.215.14#', ''],
])('a host that the policy did not allow in any spelling may not be reached: %s', async (host) => {
	await expect(under({}).check(host, 'Hostname')).rejects.toEqual(forbidden);
});

test('a policy that breaks or says something new lets nothing through', async () => {
	const broken = async () => await Promise.reject(new Error('no policy'));
	const unknown = async () => ({ ok: false, error: new Error('Invalid URL') });
	for (const validateUrl of [broken, unknown])
		await expect(under({ validateUrl }).check('sftp.example.com', 'Hostname')).rejects.toEqual(forbidden);
});

test('a name that nothing knows yet is for the connection to tell, an address never', async () => {
	const notFound = async () => await Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
	const egress = under({ validateUrl: notFound });
	await expect(egress.check('sftp.example.com', 'Hostname')).resolves.toBeUndefined();
	await expect(egress.check('93.184.215.14', 'Hostname')).rejects.toEqual(forbidden);
});

test.each([['::'], ['0.0.0.0'], ['fe80::1%lo'], ['93.184.215.14', '::']])(
	'a name that leads to %s is not connected to',
	async (...addresses) => {
		const { lookup } = under({ createSecureLookup: () => leadingTo(addresses) });
		const fault = await new Promise((resolve) => lookup?.('sftp.example.com', { all: true }, resolve));
		expect(fault).toMatchObject({ code: 'ERR_FORBIDDEN_ADDRESS' });
	},
);

test('a name that leads to other addresses is connected to', async () => {
	const { lookup } = under({ createSecureLookup: () => leadingTo(['93.184.215.14', '2606:2800:21f::1']) });
	const found = await new Promise((resolve) =>
		lookup?.('sftp.example.com', { all: true }, (fault, addresses) => resolve([fault, addresses])),
	);
	expect(found).toEqual([null, [expect.anything(), expect.anything()]]);
});

test('every spelling of an address is read as one, and shows the address that it holds', () => {
	expect(canonicalHost('SFTP.Example.com')).toBe('sftp.example.com');
	expect(canonicalHost('[2001:DB8:0::7]')).toBe('2001:db8::7');
	expect(addressesOf('64:ff9b::7f00:1')).toEqual(['64:ff9b::7f00:1', '127.0.0.1']);
	expect(addressesOf('2002:a00:1::')).toEqual(['2002:a00:1::', '10.0.0.1']);
	expect(addressesOf('::1')).toEqual(['::1']);
	expect(addressesOf('2001:db8::7')).toEqual(['2001:db8::7']);
});

test.each(['https://0.0.0.0', '0', 'https://[::]', 'http://[::ffff:0.0.0.0]', 'https://0x0.'])(
	'Domo is not looked for at %s',
	(host) => {
		expect(refusal(() => readApiHost(host)).message).toMatch(
			/^API Host: (?:this address doesn't belong|the address must)/,
		);
	},
);
