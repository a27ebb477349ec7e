import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { PASSPHRASE, readKey } from '../../core/destinations/sftp/keys/keyFiles/keys';
import { type Bench, startBench } from './bench';
import { expectNothingSent } from './nothingSent';
import { type Kind, KINDS } from './places';

type Row = readonly [what: string, typed: ICredentialDataDecryptedObject, says: RegExp, hint: RegExp];

const DATA_SET = dataSets.oneRow();
const ENCRYPTED = readKey('works/ed25519.openssh.aes256-ctr');
const PUBLIC = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me';
const SAS = 'sv=2024-11-04&ss=b&srt=co&sp=rwc&se=2099-01-01T00:00:00Z&sig=c2lnbmF0dXJl';
const sas = (from: string | RegExp, to: string) => ({ sasToken: SAS.replace(from, to) });

const DOMO: readonly Row[] = [
	['an API host that is no address', { apiHost: 'https://' }, /^API Host: this is not/, /https:\/\/api\.domo\.com/],
	['an API host by http', { apiHost: 'http://api.domo.com' }, /^API Host: .*https/, /only for the machine/],
	[
		'an API host with a login',
		{ apiHost: 'https://me:pw@a.b' },
		/^API Host: .*a user name or a password/,
		/api\.domo\.com/,
	],
	['no client ID', { clientId: '' }, /^Client ID: it is empty/, /API Clients/],
	['no client secret', { clientSecret: ' ' }, /^Client Secret: it is empty/, /API Clients/],
];

const SFTP: readonly Row[] = [
	['neither password nor key', { privateKey: '' }, /^Password: there is neither/, /or 'Private Key'/],
	['an unreadable key', { privateKey: 'no key' }, /^Private Key: this is not a private/, /whole private key file/],
	['the public half of a key', { privateKey: PUBLIC }, /^Private Key: .*public half/, /without \.pub/],
	['an encrypted key alone', { privateKey: ENCRYPTED }, /^Passphrase: .*is encrypted/, /Enter the passphrase/],
	['a wrong passphrase', { privateKey: ENCRYPTED, passphrase: 'x' }, /^Passphrase: it does not/, /ssh-keygen -y/],
	['a PuTTY key of version 4', { privateKey: readKey('refused/version.ppk') }, /^Private Key: .*version 4/, /Export/],
	['a host name with a path', { hostname: 'sftp://example.com/in' }, /^Hostname: it contains a path/, /Path/],
	['an impossible port', { port: 70_000 }, /^Port: .* from 1 to 65535/, /22/],
	['no user', { username: ' ' }, /^Username: it is empty/, /name/],
	['a fingerprint that is none', { hostKeyFingerprint: 'SHA256:short' }, /^Host Key Fingerprint: /, /SHA256:/],
];

const AZURE: readonly Row[] = [
	['a SAS without write permission', sas('rwc', 'rl'), /^SAS Token: .*allow writing/, /Read, Write, Create/],
	['a SAS without a signature', sas(/&sig.*/, ''), /^SAS Token: it has no signature/, /whole token/],
	['a SAS for another service', sas('ss=b', 'ss=q'), /^SAS Token: it is not for the Blob/, /service Blob/],
	['a SAS without objects', sas('srt=co', 'srt=sc'), /^SAS Token: .*allow access to objects/, /resource type Object/],
	['a SAS of a single blob', sas(/$/, '&sr=b'), /^SAS Token: it gives access to a single blob/, /container SAS/],
	['a SAS for https only', sas(/$/, '&spr=https'), /^SAS Token: it allows https only/, /also allows HTTP/],
	['an endpoint by http', { blobEndpoint: 'http://example.com' }, /^Blob Endpoint: .*https/, /only for the machine/],
	['an endpoint with the SAS', { blobEndpoint: `https://a.b/?${SAS}` }, /^Blob Endpoint: .*SAS/, /into 'SAS Token'/],
	['an account that is an address', { blobEndpoint: '', accountName: 'a.b' }, /^Account Name: /, /only the name/],
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

const told = async (kind: Kind, type: string, [, fields, says, hint]: Row, reason?: string) =>
	await expectNothingSent(bench, kind, {
		dataSetId: DATA_SET.id,
		typed: { [type]: fields },
		says,
		hint,
		...(reason && { reason }),
	});

describe.each(KINDS)('Domo Client API, to %s', (kind) => {
	test.each(DOMO)('%s is told before anything is sent', async (...row) => await told(kind, 'domoClientApi', row));
});

describe('SFTP Writeback API', () => {
	test.each(SFTP)('%s is told before anything is sent', async (...row) => await told('sftp', 'sftpWritebackApi', row));

	test('a key with its passphrase is taken to the server', async () => {
		const typed = { sftpWritebackApi: { privateKey: ENCRYPTED, passphrase: PASSPHRASE } };
		const { parameters } = await bench.place('sftp');
		const { run } = await bench.run({
			parameters: { ...parameters, dataSet: { __rl: true, mode: 'id', value: DATA_SET.id } },
			engine: bench.engine(typed),
		});
		expect(run.error).toMatchObject({ type: 'destinationLogin' });
	});
});

describe('Azure Blob SAS API', () => {
	test.each(AZURE)(
		'%s is told before anything is sent',
		async (...row) => await told('azureBlob', 'azureBlobSasApi', row),
	);

	test.each<Row>([
		['an expired SAS', sas('2099', '2020'), /^The SAS token expired on 2020-01-01 00:00 UTC/, /Create a new one/],
		['a SAS of the future', sas(/$/, '&st=2098-01-01'), /^The SAS token is not valid before 2098/, /starts now/],
	])(
		'%s is told before anything is sent',
		async (...row) => await told('azureBlob', 'azureBlobSasApi', row, 'destinationLogin'),
	);
});
