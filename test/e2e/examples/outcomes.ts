import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { awkward, catalogue } from '../../../sandbox/domo/dataSets';
import type { Execution } from '../execution';
import { spotOf } from '../workflows';
import { kept } from './history';
import { onlyNewRows } from './newRows';
import { ESTATE, type Stage } from './stage';

/** What an example comes to when it is tried beside the sandbox. */
interface Outcome {
	/** How many receipts its writebacks put out. */
	readonly receipts: number;
	/** How many items leave by the error output. */
	readonly failed?: number;
	/** What is arranged before. */
	arrange?(stage: Stage): void;
	/** What else must be so. */
	also?(execution: Execution, stage: Stage): void | Promise<void>;
}

/** The DataSet of the estate that is not shared with the client. */
const NOT_SHARED = catalogue(ESTATE)[249];

/** What the agent is asked for. */
const SALES_OF_7 = catalogue(ESTATE)[6];

/** In the examples that show a failure it is this DataSet that nobody has. */
const GONE = 'DataSet 00000000-0000-4000-8000-000000000000 does not exist in Domo';
const WHERE_THE_ID_IS = expect.stringContaining('datasources/');

const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** By the ID of the workflow: an example without an entry here is not tested. */
export const OUTCOMES: Readonly<Record<string, Outcome>> = {
	agentWriteback: {
		receipts: 1,
		also: async ({ items }, { model, sandbox, served }) => {
			const offered = Object.fromEntries(model.offered.map(({ name, description }) => [name, description]));
			expect(offered).toEqual({
				Find_DataSets: expect.stringContaining('part of their names'),
				Send_to_Partner: expect.stringContaining("partner's folder"),
			});
			const [{ dataSetId, fileName, target } = {}] = items('Send to Partner');
			expect(items('Find DataSets')).toMatchObject([{ dataSetId, dataSetName: SALES_OF_7?.name }]);
			expect(fileName).toMatch(/sales 007\.csv\.gz$/);
			const { path } = spotOf(sandbox, String(target));
			const content = gunzipSync(readFileSync(join(sandbox.sftp.root, path)));
			const { sha256 } = await served(dataSetId);
			expect(sha256Of(content)).toBe(sha256);
			expect(items('Agent')).toEqual([{ output: 'Done.' }]);
		},
	},
	dataLake: { receipts: 1 },
	dataSetByEmail: {
		receipts: 1,
		also: async ({ items }, { nextNodes, sandbox, run }) => {
			const [{ fileName, sha256, rows } = {}] = items('Awkward Cells as Gzip');
			expect(nextNodes.mail.mails).toHaveLength(1);
			const [{ subject, attachments: [file, ...others] = [] } = {}] = nextNodes.mail.mails;
			expect(subject).toBe(`${String(fileName)}: ${String(rows)} rows, verified`);
			expect(file?.filename).toBe(fileName);
			expect([file && sha256Of(file.content), others]).toEqual([sha256, []]);
			sandbox.domo.fault(awkward().id, { kind: 'pdp', hiddenRows: 1 });
			try {
				await run('dataSetByEmail');
			} finally {
				sandbox.domo.fault(awkward().id, 'none');
			}
			const unverified = `${String(fileName)}: ${Number(rows) - 1} rows, unverified`;
			expect(nextNodes.mail.mails[1]).toMatchObject({
				subject: unverified,
				text: expect.stringContaining('PDP is on'),
			});
		},
	},
	dataSetToS3: {
		receipts: 1,
		also: async ({ items }, { nextNodes }) => {
			const [{ fileName, sha256 } = {}] = items('Sales as Parquet');
			const object = await nextNodes.s3.read(`sales/${String(fileName)}`);
			expect(fileName).toMatch(/^sales_\d{4}-\d\d-\d\d\.parquet$/);
			expect(object && sha256Of(object)).toBe(sha256);
		},
	},
	domoToAzureBlob: { receipts: 2 },
	domoToSftp: { receipts: 2 },
	excelInEurope: {
		receipts: 2,
		also: (_, { sandbox }) =>
			expect(readFileSync(join(sandbox.sftp.root, 'office/orders.csv'), 'utf8')).toMatch(/;plain;10,50;5;.*;0,1\r\n/),
	},
	nightlyOnWorkers: {
		receipts: 1,
		also: async (_, { channel, run }) => {
			// By hand, n8n's Error Trigger has an error of its own, which is no dead worker.
			const failed = await run('nightlyOnWorkers', 'On Error');
			expect([failed.status, failed.items('Sales to SFTP')]).toEqual(['success', []]);
			expect(channel.heard).toContainEqual({ text: expect.stringContaining(': Example Error Message') });
		},
	},
	onlyNewRows: { receipts: 1, also: onlyNewRows },
	partnerDrop: { receipts: 1 },
	whenDataSetChanges: {
		receipts: 1,
		also: ({ items }) => expect(items('Copy the DataSet')).toMatchObject([{ dataSetId: awkward().id }]),
	},
	scheduled: {
		receipts: 1,
		also: async ({ items }, stage) => {
			const [{ fileName } = {}] = items('Sales to SFTP');
			expect(fileName).toMatch(/^sales_\d{4}-\d\d-\d\d\.csv$/);
			const bySchedule = await stage.run('scheduled', 'Weekdays at 6:30');
			expect(bySchedule.items('Sales to SFTP')).toMatchObject([{ fileName, verification: 'verified' }]);
		},
	},
	manyDataSets: {
		receipts: 3,
		failed: 1,
		also: ({ items }) => {
			expect(items('Written').map(({ file }) => file)).toEqual(['Region 2.csv', 'Region 3.csv', 'Region 4.csv']);
			const whatHappened = expect.stringContaining(GONE);
			expect(items('Not Written')).toEqual([{ file: 'Deleted long ago', whatHappened, whatToDo: WHERE_THE_ID_IS }]);
		},
	},
	notifyOnFailure: {
		receipts: 1,
		failed: 1,
		also: (_, { channel }) => {
			const text = expect.stringMatching(new RegExp(`^Domo Writeback: ${GONE}.*\n.*datasources/`));
			expect(channel.heard).toContainEqual({ text });
		},
	},
	afterAnotherNode: {
		receipts: 1,
		also: ({ items }) => {
			const [{ target } = {}] = items('Report to SFTP');
			expect(decodeURIComponent(String(target))).toMatch(/\/customers\/Müller & Söhne\/Sales by region 2026-10\.csv$/);
			expect(items('Reply')).toEqual([{ text: `Your report with 3 rows is there: ${String(target)}` }]);
		},
	},
	callSubWorkflow: {
		receipts: 2,
		also: ({ items }) =>
			expect(items('Use the Receipts').map(({ text }) => String(text).split(',')[0])).toEqual([
				'region-2.csv is there. Rows: 1',
				'region-3.csv is there. Rows: 2',
			]),
	},
	estateToAzure: {
		receipts: ESTATE - 1,
		failed: 1,
		// As each night: the token of the night before has expired.
		arrange: ({ sandbox }) => {
			sandbox.domo.fault('list', 'tokenExpired', 1);
			sandbox.domo.fault(NOT_SHARED?.id ?? '', 'forbidden');
		},
		also: ({ items }) => {
			const total = (key: string) => items('DataSets to Azure').reduce((sum, receipt) => sum + Number(receipt[key]), 0);
			const failure = {
				dataSetId: NOT_SHARED?.id,
				dataSetName: NOT_SHARED?.name,
				whatHappened: expect.stringContaining(`DataSet ${NOT_SHARED?.id} is not shared with this client`),
				whatToDo: expect.stringContaining('Share the DataSet'),
			};
			const counts = { dataSets: ESTATE, written: ESTATE - 1, unchanged: 0, failed: 1 };
			const sums = { rows: total('rows'), bytes: total('bytes') };
			expect(items('Summary')).toEqual([{ finishedAt: expect.any(String), ...counts, ...sums, failures: [failure] }]);
		},
	},
	history: { receipts: 2, failed: 1, also: kept },
};
