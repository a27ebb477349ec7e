import { Readable } from 'node:stream';
import { RestError } from '@azure/storage-blob';
import { readDateFormat } from '../../core/support/datePattern';
import { CommitOutcomeUnknown } from '../../core/destinations/destination';
import { toAzureError } from '../../core/destinations/azureBlob/azureErrors';
import { readPrivateKey } from '../../core/destinations/sftp/keys/privateKey';
import { targetExistsError } from '../../core/destinations/sftp/files/targetErrors';
import { diskFullError, refused } from '../../core/destinations/sftp/statusErrors';
import { readDataSet } from '../../core/domo/dataSet';
import { noDataSetsError } from '../../core/domo/dataSetList';
import type { DomoRequest } from '../../core/domo/request';
import { readCsv } from '../../core/format/csv/csvReader';
import { checkPartNumber } from '../../core/format/partLimit';
import { openCodec } from '../../core/format/parquet/codec';
import { readRecipients } from '../../core/format/encode/pgpEncrypt';
import { noSuchColumn } from '../../core/format/rows/columnErrors';
import { createTextWriter } from '../../core/format/text/textRowWriter';
import { optionsOf } from '../../nodes/shared/optionsReader';
import {
	doneFileTakenError,
	incompleteSetError,
	partlyPublished,
	targetTakenError,
} from '../../core/transfer/targetTakenErrors';
import { WritebackError } from '../../core/support/errors';
import { writeback } from '../../core/transfer/writeback';
import { checkRowsSelected, checkRowsWritten } from '../../core/transfer/verify';
import { listDataSets } from '../../nodes/DomoDataSetTrigger/changes/listDataSets';
import { noneFound } from '../../nodes/DomoDataSetTrigger/changes/notFoundErrors';
import { ANSWER_UNITS } from './answerUnits';
import { AZURE_UNITS } from './azureUnits';
import { BINARY_UNITS } from './binaryUnits';
import { LINE_UNITS } from './lineUnits';
import { LOGIN_UNITS } from './loginUnits';
import { PGP_UNITS } from './pgpUnits';
import { QUERY_UNITS } from './queryUnits';
import { SFTP_UNITS } from './sftpUnits';
import { domoOf, memoryDestination, requestOf } from '../core/transfer/scene';
import { targetOf } from '../target';
import type { RowOptions } from '../../core/format/formatOptions';

/** The fields that take names of columns. */
const NAMING_COLUMNS = [
	'Column Names or IDs',
	'Conditions',
	'Rename Columns',
	'Report Highest Value of Column Name or ID',
	'Text Column Names or IDs',
];

/** What no parameter and no server of the sandbox provokes in n8n, told by the code that says it. */
export const UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a date format that is empty', () => readDateFormat(' ', 'Date Time Format')],
	['a key that is empty', async () => await readPrivateKey(' ', undefined)],
	['a PGP key that is empty', async () => await readRecipients(' ', new Date())],
	['Zstandard on an older Node.js', async () => await openCodec('zstd', {})],
	['a character that is in no cell', () => writeBeyondCells()],
	['a header that never ends', async () => await readAll('a,"', 0)],
	['a row that never ends', async () => await readAll('a,b\n1,"', 1)],
	['fewer rows written than read', () => checkRowsWritten(2, [])],
	['fewer rows looked at than read', () => checkRowsSelected(2, { read: 1, kept: 1, isCutShort: false })],
	...NAMING_COLUMNS.map(
		(label) => [`${label} of a DataSet without columns`, () => thrown(noSuchColumn(label, 'a', []))] as const,
	),
	['a pane that is text', () => optionsOf('csv', 'File Format')],
	['a list that is text', () => optionsOf({ a: 'b' }, 'File Format').entries('a', 'b', 'Rename Columns')],
	[
		'a target that another item writes',
		() => thrown(targetTakenError({ kind: 'dataSetId' }, 'sftp://host:22/a.csv', { item: 0 })),
	],
	[
		'a target that an earlier run writes',
		() => thrown(targetTakenError({ kind: 'dataSetId' }, 'sftp://host:22/a.csv', { item: 0, run: 1 })),
	],
	['a done file that another item writes', () => thrown(doneFileTakenError('sftp://host:22/_SUCCESS', { item: 3 }))],
	[
		'a done file that an earlier run writes',
		() => thrown(doneFileTakenError('sftp://host:22/_SUCCESS', { item: 3, run: 2 })),
	],
	['parts without a first one', () => thrown(incompleteSetError(targetExistsError('sales-00002.csv')))],
	[
		'some of several parts that are there',
		() => thrown(partlyPublished(targetExistsError('a.csv'), [targetOf({ replace: false })], [targetOf()])),
	],
	['a stop after an earlier try that published', async () => await stoppedLater()],
	['more parts than a writeback can hold, by rows', () => checkPartNumber(split({ rowsPerPart: 1 }), 10_001)],
	['more parts than a writeback can hold, by size', () => checkPartNumber(split({ bytesPerPart: 1 }), 10_001)],
	['a list of DataSets without end', async () => await listDataSets(endless, { nameLike: '', gapless: false })],
	['a client that sees no DataSets', () => thrown(noDataSetsError())],
	['a list of DataSets without owners', () => thrown(noneFound({ kind: 'owner', owner: 'Ann' }, unowned))],
	['an Azure that cannot be reached', () => azureFault('ECONNREFUSED')],
	...ANSWER_UNITS,
	...AZURE_UNITS,
	...BINARY_UNITS,
	['a server that has no space left', () => sftpFault(14)],
	['a disk that is full', () => thrown(diskFullError('store the file'))],
	...LINE_UNITS,
	...LOGIN_UNITS,
	...PGP_UNITS,
	...QUERY_UNITS,
	...SFTP_UNITS,
];

const split = (limits: Partial<RowOptions>): RowOptions => ({
	columns: {} as never,
	cells: {} as never,
	writer: {} as never,
	...limits,
});

/** As Domo may list it. */
const unowned = [readDataSet({ id: '6f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f', name: 'Sales' })].filter(
	(one) => one !== undefined,
);

function thrown(fault: unknown): never {
	throw fault;
}

function writeBeyondCells(): void {
	const encoding = { encoding: 'ascii', onUnmappable: 'refuse', includeBom: false } as const;
	createTextWriter([{ name: 'a', type: 'STRING' }], encoding, { head: '', rowCharacters: 0, line: () => '€' }).write([
		['1'],
	]);
}

/** Longer than a row may be. */
async function readAll(start: string, pieces: number): Promise<void> {
	const body = async function* () {
		yield Buffer.from(start);
		for (let piece = 0; piece < 70 + pieces; piece++) yield Buffer.alloc(1024 * 1024, 'x');
	};
	for await (const rows of readCsv(body())) void rows;
}

/** Every page is full, and other than the ones before. */
const endless: DomoRequest = async ({ query }) => {
	const page = Array.from({ length: 50 }, (_, at) => ({ id: String(Number(query.offset) + at) }));
	return { status: 200, headers: {}, body: Readable.from([JSON.stringify(page)]) };
};

function azureFault(code: string): never {
	throw toAzureError(new RestError('no answer', { code }), { container: 'exports', account: 'account' }, 'writing to');
}

/** Stopped after two tries, of which the first one may have published. */
async function stoppedLater(): Promise<void> {
	const stop = new AbortController();
	const refusals = [
		new CommitOutcomeUnknown('incomplete', 'The blob differs', { hint: 'Try again.' }),
		new WritebackError('incomplete', 'A block arrived damaged', { hint: 'Try again.' }),
	];
	const destination = memoryDestination(() => {
		const refusal = refusals.shift();
		if (refusal !== undefined) throw refusal;
	});
	const onRetry = () => void (refusals.length === 0 && stop.abort());
	await writeback(requestOf({}), { domo: domoOf(1), destination, signal: stop.signal, onRetry });
}

function sftpFault(code: number): never {
	throw refused(Object.assign(new Error('No space'), { code }), 'store the file');
}
