import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { freePort } from '../../../sandbox/process';
import { type Bench, startBench } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([]);
}, 120_000);
afterAll(async () => await bench?.close());
afterEach(() => bench.domo.fault('token', 'none'));

/** What n8n answers when the credential is saved with these fields changed. */
async function tested(type: string, fields: ICredentialDataDecryptedObject = {}) {
	const engine = bench.engine({ [type]: fields });
	return await engine.testCredential(type);
}

describe('Domo Client API', () => {
	test.each([
		['as typed', () => ({})],
		['with a slash after the host', () => ({ apiHost: `${bench.domo.url}/` })],
		[
			'with spaces around everything',
			() => ({ apiHost: ` ${bench.domo.url} `, clientSecret: ` ${bench.domo.clientSecret} ` }),
		],
	])('passes %s', async (_how, fields) => {
		expect(await tested('domoClientApi', fields())).toMatchObject({ status: 'OK' });
	});

	test.each<[string, () => ICredentialDataDecryptedObject | Promise<ICredentialDataDecryptedObject>, RegExp]>([
		['a wrong secret', () => ({ clientSecret: 'wrong' }), /Domo refused the client ID and secret/],
		['a wrong ID', () => ({ clientId: 'wrong' }), /Domo refused the client ID and secret/],
		['no secret', () => ({ clientSecret: '' }), /Client Secret: it is empty/],
		['http elsewhere', () => ({ apiHost: 'http://api.domo.com' }), /API Host: the address must start with https/],
		[
			'an unreachable host',
			async () => ({ apiHost: `http://127.0.0.1:${await freePort()}` }),
			/Domo cannot be reached/,
		],
	])('fails with %s and says so', async (_what, fields, says) => {
		const outcome = await tested('domoClientApi', await fields());
		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});

	test('fails with a client that lacks the scope', async () => {
		bench.domo.fault('list', 'forbidden', 1);
		expect(await tested('domoClientApi')).toMatchObject({ status: 'Error' });
	});
});

describe('SFTP Writeback API', () => {
	test.each([
		['as typed', () => ({})],
		["in Domo's form of the host", () => ({ hostname: `sftp://${bench.sftp.host}/` })],
		['with any host key', () => ({ hostKeyCheck: 'any', hostKeyFingerprint: '' })],
	])('passes %s', async (_how, fields) => {
		expect(await tested('sftpWritebackApi', fields())).toMatchObject({ status: 'OK' });
	});

	test('fails without a fingerprint and shows the one to paste', async () => {
		const outcome = await tested('sftpWritebackApi', { hostKeyFingerprint: '' });
		expect(outcome.status).toBe('Error');
		expect(outcome.message).toContain(bench.sftp.hostKeyFingerprint);
	});

	test.each<[string, () => ICredentialDataDecryptedObject | Promise<ICredentialDataDecryptedObject>, RegExp]>([
		['another user', () => ({ username: 'nobody-here' }), /refused user "nobody-here"/],
		[
			'a password where a key is asked for',
			() => ({ privateKey: '', password: 'secret word' }),
			/it accepts: publickey/,
		],
		['neither password nor key', () => ({ privateKey: '' }), /Password: there is neither/],
		['nobody listening', async () => ({ port: await freePort() }), /cannot be reached \(the connection was refused\)/],
		[
			'a host that does not exist',
			() => ({ hostname: 'no-such-host.invalid' }),
			/no host named no-such-host\.invalid|cannot be reached/,
		],
	])('fails with %s and says so', async (_what, fields, says) => {
		const outcome = await tested('sftpWritebackApi', await fields());
		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});
});

describe('Azure Blob SAS API', () => {
	test.each([
		['with list rights', () => bench.azure.accountSas({ resourceTypes: 'sco' })],
		['without list rights', () => bench.azure.accountSas({ permissions: 'rwc', resourceTypes: 'co' })],
		['with a container SAS', () => bench.azure.containerSas('domo-exports', { permissions: 'rwc' })],
		['with a leading question mark', () => `?${bench.azure.accountSas()}`],
		['pasted as a whole URL', () => ` ${bench.azure.blobEndpoint}?${bench.azure.accountSas()} `],
	])('passes %s', async (_how, sasToken) => {
		expect(await tested('azureBlobSasApi', { sasToken: sasToken() })).toMatchObject({ status: 'OK' });
	});

	test.each<[string, () => ICredentialDataDecryptedObject | Promise<ICredentialDataDecryptedObject>, RegExp]>([
		[
			'an expired SAS',
			() => ({ sasToken: bench.azure.accountSas({ startsInMs: -7_200_000, expiresInMs: -3_600_000 }) }),
			/expired on \d{4}-/,
		],
		[
			'a SAS that may not write',
			() => ({ sasToken: bench.azure.accountSas({ permissions: 'rl' }) }),
			/does not allow writing/,
		],
		[
			'a SAS for https at an http endpoint',
			() => ({ sasToken: bench.azure.accountSas({ httpsOnly: true }) }),
			/https only/,
		],
		[
			'a forged signature',
			() => ({ sasToken: bench.azure.accountSas({ resourceTypes: 'sco' }).replace(/sig=..../, 'sig=AAAA') }),
			/refused the SAS token|the SAS token doesn't allow n8n/,
		],
	])('fails with %s and says so', async (_what, fields, says) => {
		const outcome = await tested('azureBlobSasApi', await fields());
		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});
});
