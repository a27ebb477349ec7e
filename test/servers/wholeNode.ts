import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startProxy } from '../../bench/proxy/proxy';
import { AzureBlobSasApi } from '../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../credentials/SftpWritebackApi.credentials';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';
import { empty, oneRow } from '../../sandbox/domo/dataSets';
import { digest, type SandboxDataSet, startDomo } from '../../sandbox/domo/domo';
import { closable } from '../../sandbox/cleanups';
import { openEngine } from '../../sandbox/engine/engine';
import { type LineFault, startFaultyLine } from '../../sandbox/faultyLine';
import { byId, execute, type Outcome } from '../nodes/DomoWriteback/execution';
import { NODE_TYPE } from '../nodes/DomoWriteback/workflow';
import { alike } from './alike';
import type { Site } from './site';

/** Far enough that every upload wants all its lanes. */
const ROUND_TRIP_MS = 40;

const BOUND_MS = 180_000;

const installed = {
	nodeTypes: { [NODE_TYPE]: DomoWriteback },
	credentialTypes: [DomoClientApi, SftpWritebackApi, AzureBlobSasApi],
};

/** What came of one item. */
interface Fate {
	readonly fileName: string;
	/** Undefined when it was written. */
	readonly error: string | undefined;
}

export interface Course {
	readonly dataSets: readonly SandboxDataSet[];
	readonly transfer?: IDataObject;
	/** How the line goes wrong, once. */
	readonly fault?: LineFault;
}

/** Runs the node once at a distance, and holds what every item ended in against what is on the server. */
export async function carry(site: Site, { dataSets, transfer = {}, fault }: Course) {
	const stage = await closable(async (endings) => {
		const domo = await startDomo({ dataSets });
		endings.push(domo.close);
		const far = await startProxy({ targetPort: site.fields.port, roundTripMs: ROUND_TRIP_MS });
		endings.push(far.close);
		let faults = fault === undefined ? 0 : 1;
		const line = await startFaultyLine(far.port, () => (faults-- > 0 ? fault : undefined));
		endings.push(line.close);
		return { domo, line };
	});
	const { domo, line } = stage;
	const { clientId, clientSecret, url: apiHost } = domo;
	const engine = openEngine(installed, {
		domoClientApi: { clientId, clientSecret, apiHost },
		sftpWritebackApi: { ...site.fields, port: line.port },
		azureBlobSasApi: {},
	});
	try {
		const outcome = await execute(domo, engine, {
			parameters: { destination: 'sftp', path: '', dataSet: byId('={{ $json.id }}'), transfer },
			items: dataSets.map(({ id }) => ({ id })),
			onError: 'continueRegularOutput',
		});
		return { outcome, faults: line.faults(), fates: await fatesOf(site, dataSets, outcome) };
	} finally {
		await stage.close();
	}
}

/** A receipt says what is there, byte for byte; a failure says why and leaves nothing that it does not name. */
async function fatesOf(site: Site, dataSets: readonly SandboxDataSet[], { good }: Outcome): Promise<readonly Fate[]> {
	expect(good).toHaveLength(dataSets.length);
	const fates = [];
	for (const [index, dataSet] of dataSets.entries()) fates.push(await fateOf(site, dataSet, good[index]));
	const expected = fates.flatMap(({ error, fileName }) => (error === undefined ? [fileName] : []));
	const others = (await site.names()).filter((name) => !expected.includes(name));
	const said = fates.map(({ error }) => error).join('\n');
	const left = others.filter((name) => !(name.endsWith('.part') && said.includes(name)));
	expect({ said, left }).toEqual({ said, left: [] });
	return fates;
}

async function fateOf(site: Site, dataSet: SandboxDataSet, item: INodeExecutionData | undefined): Promise<Fate> {
	const fileName = `${dataSet.id}.csv`;
	const { error, details, verification } = item?.json ?? {};
	const held = await site.read(fileName);
	if (error === undefined) {
		const whole = await digest(dataSet);
		const sha256 = createHash('sha256')
			.update(held ?? '')
			.digest('hex');
		// The file is looked for first: a receipt of another kind would not excuse it.
		expect({ fileName, bytes: held?.length, sha256 }).toEqual({ fileName, bytes: whole.bytes, sha256: whole.sha256 });
		expect(verification).toBe('verified');
		return { fileName, error: undefined };
	}
	expect({ fileName, held: held?.length }).toEqual({ fileName, held: undefined });
	expect(String(error)).toMatch(/^\S.{15,}/);
	expect(details).toMatchObject({ reason: expect.any(String), hint: expect.stringMatching(/.{10,}/) });
	return { fileName, error: `${String(error)} ${JSON.stringify(details)}` };
}

const MEGABYTE = 1_000_000;
const LARGE = alike(1, 32 * MEGABYTE);
/** Those without a row and with one take other ways through a writer than those of many blocks. */
const MANY = [empty(), oneRow(), ...alike(50, MEGABYTE / 2)];
const CUT = alike(1, 16 * MEGABYTE);

/** What the node promises of every server; `succeeds` says that every item arrives there. */
export function wholeNode(start: () => Promise<Site>, { succeeds = true }: { readonly succeeds?: boolean } = {}): void {
	let site: Site;
	beforeEach(async () => {
		site = await start();
	}, BOUND_MS);
	afterEach(async () => await site?.close());

	const failed = (fates: readonly Fate[]) => fates.flatMap(({ error }) => error ?? []);
	const check = (fates: readonly Fate[]) => {
		if (succeeds) expect(failed(fates)).toEqual([]);
	};

	test.each([
		['as many connections as it likes', {}],
		['three connections', { connections: 3 }],
	])(
		'32 MB at 40 ms over %s arrive as they were sent',
		async (_, transfer) => check((await carry(site, { dataSets: LARGE, transfer })).fates),
		BOUND_MS,
	);

	test.each([empty(), oneRow()])(
		'a server that is new to the process gets "$name", alone',
		async (dataSet) => check((await carry(site, { dataSets: [dataSet] })).fates),
		BOUND_MS,
	);

	test(
		'50 DataSets of one size and two small ones, 16 at once, each arrive as what they are',
		async () => check((await carry(site, { dataSets: MANY, transfer: { itemsAtOnce: 16 } })).fates),
		BOUND_MS,
	);

	test.each(['reset', 'end'] as const)(
		'a line that breaks in mid-way (%s) costs no byte',
		async (how) => {
			const fault = { atByte: 6 * MEGABYTE, how };
			const { fates, faults } = await carry(site, { dataSets: CUT, fault });
			expect(faults).toBe(1);
			check(fates);
		},
		BOUND_MS,
	);
}
