import type { INodeParameters } from 'n8n-workflow';
import type { Digest } from '../../sandbox/domo/domo';
import { type AzureServer, CONTAINER } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';
import type { OurKind } from './ourKinds';
import type { WritebackJob, WritebackReport } from '../runners/job';

/** Where our node is to write, as its parameters and credentials say it. */
export interface Place {
	readonly parameters: INodeParameters;
	readonly credentials: WritebackJob['credentials'];
	readonly binaryFolder?: string;
}

export interface OurWork {
	/** One item each, with what must arrive. */
	readonly dataSets: ReadonlyArray<Digest & { readonly id: string }>;
	readonly place: Place;
	/** The File Format pane, when something is set in it. */
	readonly fileFormat?: INodeParameters;
	/** The Rows pane, when something is set in it. */
	readonly rows?: INodeParameters;
	readonly clockTally?: boolean;
	readonly formatless?: boolean;
	readonly hashless?: boolean;
	/** More for the environment of our process alone. */
	readonly env?: OurKind['env'];
	/** Where to leave CPU profiles, which slow it down. */
	readonly profileFolder?: string;
}

export function onSftp({ host, port, username, privateKey, hostKeyFingerprint }: SftpServer): Place {
	const login = { hostname: host, port, username, privateKey, hostKeyCheck: 'pinned', hostKeyFingerprint };
	return { parameters: { destination: 'sftp', path: '' }, credentials: { sftpWritebackApi: login } };
}

export function onAzure({ accountName, sasToken, blobEndpoint }: AzureServer): Place {
	return {
		parameters: { destination: 'azureBlob', container: { __rl: true, mode: 'name', value: CONTAINER } },
		credentials: { azureBlobSasApi: { accountName, sasToken, blobEndpoint } },
	};
}

/** n8n's store for binary data, in its filesystem mode. */
export function onBinary(binaryFolder: string): Place {
	return { parameters: { destination: 'binary' }, credentials: {}, binaryFolder };
}

/** The file that our node makes of a DataSet when nobody names it. */
export const fileOf = (dataSetId: string): string => `${dataSetId}.csv`;

/** Runs our node once, in n8n's engine in a process of its own, and checks every receipt against what Domo serves. */
export async function runOurs(lab: Fixture, work: OurWork): Promise<WritebackReport> {
	const report = await runJob(lab, work);
	for (const [index, { id, bytes, sha256 }] of work.dataSets.entries()) {
		const receipt = report.receipts[index];
		if (receipt?.bytes !== bytes || receipt.sha256 !== sha256 || receipt.fileName !== fileOf(id))
			throw new Error(`The receipt of ${id} does not say what Domo served: ${JSON.stringify(receipt)}`);
	}
	return report;
}

/** The same without a look at what the receipts say. */
export async function runJob(lab: Fixture, work: OurWork): Promise<WritebackReport> {
	const { url: apiHost, clientId, clientSecret } = lab.domo;
	const { binaryFolder } = work.place;
	const job: WritebackJob = {
		packageFolder: lab.packageFolder,
		credentials: { domoClientApi: { clientId, clientSecret, apiHost }, ...work.place.credentials },
		parameters: {
			...work.place.parameters,
			fileFormat: work.fileFormat ?? {},
			...(work.rows && { rows: work.rows }),
			transfer: { ...lab.transfer },
		},
		dataSetIds: work.dataSets.map(({ id }) => id),
		...(work.clockTally && { clockTally: true }),
		...(work.formatless && { formatless: true }),
		...(work.hashless && { hashless: true }),
		...(binaryFolder !== undefined && { binaryFolder }),
	};
	const flags = work.profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${work.profileFolder}`];
	const { stdout } = await lab.runner('runners/ours', [], {
		input: JSON.stringify(job),
		flags,
		env: work.env ?? {},
	});
	const report: WritebackReport = JSON.parse(stdout);
	if (report.receipts.length !== work.dataSets.length)
		throw new Error(`${report.receipts.length} receipts for ${work.dataSets.length} DataSets`);
	return report;
}
