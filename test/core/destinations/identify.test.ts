import { openAzureBlob } from '../../../core/destinations/azureBlob/destination';
import { foldPath } from '../../../core/destinations/foldPath';
import { openSftp, type SftpFields } from '../../../core/destinations/sftp/destination';
import { partsPattern } from '../../../core/names/partsPattern';

const FIELDS: SftpFields = {
	hostname: 'sftp.example.com',
	port: 22,
	username: 'writer',
	password: 'secret',
	privateKey: '',
	passphrase: '',
	hostKeyCheck: 'any',
	hostKeyFingerprint: '',
	legacyAlgorithms: false,
	idleMs: 1000,
	connections: 'auto',
};
const NAME = { folder: 'in', fileName: 'Sales.csv' };
const sftp = (fields: Partial<SftpFields> = {}, name = NAME) => openSftp({ ...FIELDS, ...fields }).identify(name);

test.each<[string, Partial<SftpFields>]>([
	['another password', { password: 'other' }],
	['sftp:// in front', { hostname: 'sftp://sftp.example.com/' }],
	['upper case', { hostname: 'SFTP.Example.COM' }],
	['a dot at its end', { hostname: 'sftp.example.com.' }],
	['spaces around the user', { username: ' writer ' }],
	['other settings', { connections: 4, idleMs: 5, legacyAlgorithms: true }],
])('an SFTP server typed with %s is the same place', (_, fields) => {
	expect(sftp(fields)).toBe(sftp());
});

test('IPv6 addresses are one however they are written', () => {
	expect(sftp({ hostname: '[2001:DB8::1]' })).toBe(sftp({ hostname: '2001:db8:0:0:0:0:0:1' }));
});

test.each([
	['another case', { folder: 'IN', fileName: 'sales.CSV' }],
	['a dot or a space at an end', { folder: 'in ', fileName: 'Sales.csv.' }],
	['an absolute path of the same words', { folder: '/in', fileName: 'Sales.csv' }],
])('%s may be the same file on some SFTP server', (_, name) => {
	expect(sftp({}, name)).toBe(sftp());
});

test.each<[string, string]>([
	['another port', sftp({ port: 2222 })],
	['another user', sftp({ username: 'reader' })],
	['another host', sftp({ hostname: 'sftp2.example.com' })],
	['another folder', sftp({}, { ...NAME, folder: 'in/x' })],
	['another name', sftp({}, { ...NAME, fileName: 'Sales2.csv' })],
])('%s is another file', (_, other) => {
	expect(other).not.toBe(sftp());
});

const AZURE = {
	accountName: 'acct',
	sasToken: 'sv=2024-11-04&ss=b&srt=sco&sp=rwc&se=2999-01-01&sig=x',
	blobEndpoint: '',
	container: 'exports',
	staging: { blockBytes: 'auto', concurrency: 'auto' },
	idleMs: 1000,
} as const;
const azure = (fields: Partial<typeof AZURE | { blobEndpoint: string }> = {}, name = NAME) =>
	openAzureBlob({ ...AZURE, ...fields }).identify(name);

test.each([
	'https://acct.blob.core.windows.net',
	'https://ACCT.blob.core.windows.net:443/',
	'acct.blob.core.windows.net',
])('the endpoint %s is that of the account', (blobEndpoint) => {
	expect(azure({ blobEndpoint })).toBe(azure());
});

test('Azure tells upper from lower case, and a leading slash is none of its names', () => {
	expect(azure({}, { folder: 'IN', fileName: 'Sales.csv' })).not.toBe(azure());
	expect(azure({}, { folder: '/in', fileName: 'Sales.csv' })).toBe(azure());
});

test('both Unicode forms of a name are folded into one, and so is what Windows drops', () => {
	expect(foldPath('Übersicht/ÄÖ.csv. ')).toBe(foldPath('u\u0308bersicht./a\u0308o\u0308.CSV'));
	expect(foldPath('a.b/c d')).toBe('a.b/c d');
});

test.each([
	['x-', ['x-00001', 'x-99999', 'x-100000'], ['x-0001', 'x-', 'x-00001x', 'y-00001']],
	['(a+b)[c].', ['(a+b)[c].00042'], ['aab[c].00042']],
])('the pattern of parts of %s matches all of them and nothing else', (stem, matches, others) => {
	const pattern = partsPattern((part) => stem + String(part).padStart(5, '0'));
	expect(matches.filter((name) => pattern?.test(name) !== true)).toEqual([]);
	expect(others.filter((name) => pattern?.test(name) === true)).toEqual([]);
});

test('a name without a part number has no pattern', () => {
	expect(partsPattern(() => 'x')).toBeUndefined();
});
