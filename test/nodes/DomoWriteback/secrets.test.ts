import { inspect } from 'node:util';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { Fault } from '../../../sandbox/domo/domo';
import type { Engine } from '../../../sandbox/engine/engine';
import { PASSPHRASE, readKey } from '../../core/destinations/sftp/keys/keyFiles/keys';
import { type Bench, byId, type Outcome, startBench, type Typed } from './bench';
import { type Kind, KINDS } from './places';
import { secretsOf, shownOf } from './secrets';

const DATA_SET = dataSets.oneRow();
const ENCRYPTED = readKey('works/ed25519.openssh.aes256-ctr');

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
beforeEach(() => ['token', DATA_SET.id].forEach((id) => bench.domo.fault(id, 'none')));

async function write(kind: Kind, engine: Engine, onError?: 'continueRegularOutput'): Promise<Outcome> {
	const { parameters } = await bench.place(kind);
	const wish = { parameters: { ...parameters, dataSet: byId(DATA_SET.id), transfer: { maxTries: 1 } }, engine };
	return await bench.run({ ...wish, ...(onError && { onError }) });
}

test('the search finds a secret that was planted', async () => {
	const engine = bench.engine();
	const { clientSecret } = engine.stored('domoClientApi');
	const { parameters } = await bench.place('sftp');
	const filename = `x ${String(clientSecret)}`;
	const outcome = await bench.run({
		parameters: { ...parameters, dataSet: byId(DATA_SET.id), selectFilename: 'filename', filename },
		engine,
	});
	expect(shownOf(outcome, engine)).toEqual([clientSecret]);
});

test('the search knows every kind of secret', async () => {
	const engine = bench.engine({ sftpWritebackApi: { passphrase: 'never asked for', password: 'not asked for' } });
	await write('sftp', engine);
	expect(secretsOf(engine).length).toBeGreaterThanOrEqual(9);
});

describe.each(KINDS)('to %s', (kind) => {
	test('a receipt shows no secret', async () => {
		const engine = bench.engine();
		const outcome = await write(kind, engine);
		expect(outcome.good[0]?.json.rows).toBe(1);
		expect(shownOf(outcome, engine)).toEqual([]);
	});

	const FAULTS: readonly Fault[] = [
		{ kind: 'unauthorized', on: 'export' },
		{ kind: 'notAcceptable' },
		{ kind: 'forbidden', on: 'export' },
		{ kind: 'forbiddenAs400', on: 'metadata' },
		{ kind: 'badGateway', on: 'metadata' },
		{ kind: 'loginPage', on: 'export' },
		{ kind: 'cut', atByte: 5, how: 'reset' },
	];
	test.each(FAULTS)('a failure with $kind shows no secret', async (fault) => {
		const engine = bench.engine();
		await write(kind, engine);
		bench.domo.fault(DATA_SET.id, fault);
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const outcome = await write(kind, engine, onError);
			expect(onError === undefined ? outcome.run.error : outcome.good[0]?.json.error).toBeDefined();
			expect(shownOf(outcome, engine)).toEqual([]);
		}
	});
});

const WRONG: ReadonlyArray<readonly [what: string, kind: Kind, typed: () => Typed]> = [
	['a wrong client secret', 'sftp', () => ({ domoClientApi: { clientSecret: 'wrong but secret' } })],
	['a Domo that cannot be reached', 'sftp', () => ({ domoClientApi: { apiHost: 'http://127.0.0.1:1' } })],
	['a wrong passphrase', 'sftp', () => ({ sftpWritebackApi: { privateKey: ENCRYPTED, passphrase: `${PASSPHRASE}!` } })],
	[
		'a key the server does not know',
		'sftp',
		() => ({ sftpWritebackApi: { privateKey: readKey('works/ed25519.openssh') } }),
	],
	[
		'a password where a key is asked for',
		'sftp',
		() => ({ sftpWritebackApi: { privateKey: '', password: 'pass word' } }),
	],
	[
		'a key with a missing line',
		'sftp',
		() => ({ sftpWritebackApi: { privateKey: ENCRYPTED.replace(/\n.*\n/, '\n') } }),
	],
	['an unknown host key', 'sftp', () => ({ sftpWritebackApi: { hostKeyFingerprint: '' } })],
	[
		'an expired SAS',
		'azureBlob',
		() => sas(bench.azure.accountSas({ startsInMs: -7_200_000, expiresInMs: -3_600_000 })),
	],
	['a forged SAS', 'azureBlob', () => sas(bench.azure.accountSas().replace(/sig=..../, 'sig=AAAA'))],
	['a SAS of another container', 'azureBlob', () => sas(bench.azure.containerSas('domo-exports'))],
	[
		'an endpoint nobody listens at',
		'azureBlob',
		() => ({ azureBlobSasApi: { blobEndpoint: 'http://127.0.0.1:1/account' } }),
	],
];

function sas(sasToken: string): Typed {
	return { azureBlobSasApi: { sasToken } };
}

test.each(WRONG)('a failure by %s shows no secret', async (_what, kind, typed) => {
	const engine = bench.engine(typed());
	const outcome = await write(kind, engine);
	expect(outcome.run.error).toBeDefined();
	expect(shownOf(outcome, engine)).toEqual([]);
});

test.each(WRONG)('a credential test that fails by %s shows no secret', async (_what, _kind, typed) => {
	const engine = bench.engine(typed());
	for (const type of ['domoClientApi', 'sftpWritebackApi', 'azureBlobSasApi']) {
		const outcome = inspect(await engine.testCredential(type), { depth: 10 });
		expect(secretsOf(engine).filter((secret) => outcome.includes(secret))).toEqual([]);
	}
});
