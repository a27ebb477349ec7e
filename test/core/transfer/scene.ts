import { Readable } from 'node:stream';
import type { IDataObject } from 'n8n-workflow';
import type { Destination, DestinationKind, Target, Upload } from '../../../core/destinations/destination';
import type { DomoRequest } from '../../../core/domo/request';
import { extensionOf, readExtension } from '../../../core/names/extension';
import { readFileName } from '../../../core/names/fileName';
import { readFolder } from '../../../core/names/folder';
import { readDateFormat } from '../../../core/support/datePattern';
import { WritebackError } from '../../../core/support/errors';
import type { WritebackRequest } from '../../../core/transfer/writebackRequest';
import { readFileFormat } from '../../../nodes/DomoWriteback/parameters/readFileFormat';
import { readPublishing } from '../../../nodes/DomoWriteback/parameters/readPublishing';
import { optionsOf } from '../../../nodes/shared/optionsReader';

const ID = '0f7d0e5c-3ae5-4d6f-9b2a-5d7b3f6f1c11';
const TIME = '2026-01-01T00:00:00Z';

/** A Domo with one DataSet of so many rows, which it lists and sends. */
export function domoOf(rows: number): DomoRequest {
	const listed = { id: ID, name: 'Sales', rows, columns: 1, updatedAt: TIME, dataCurrentAt: TIME };
	const json = JSON.stringify({ ...listed, schema: { columns: [{ type: 'STRING', name: 'a' }] } });
	const csv = ['a', ...Array.from({ length: rows }, (_, row) => `r${row}`)].map((line) => `${line}\n`).join('');
	return async ({ path }) => {
		const [type, body] = path.endsWith('/data') ? ['text/csv', csv] : ['application/json', json];
		return { status: 200, headers: { 'content-type': type }, body: Readable.from([Buffer.from(body)]) };
	};
}

/** What an item asks for that copies this DataSet to sales.csv, with these panes. */
export function requestOf(
	publishing: IDataObject,
	fileFormat: IDataObject = {},
	kind: DestinationKind = 'azureBlob',
): WritebackRequest {
	const read = readFileFormat(optionsOf(fileFormat, 'File Format', []), 'UTC');
	return {
		dataSetId: ID,
		kind,
		names: {
			folder: readFolder('', 'Folder'),
			folderLabel: 'Folder',
			choice: { kind: 'filename', template: readFileName('sales') },
			extension: extensionOf(read.format, read.compression, undefined, readExtension('')),
			format: read.format,
			parts: read.rows?.rowsPerPart !== undefined,
			dateFormat: readDateFormat('yyyy-MM-dd', 'Date Format'),
			timeZone: 'UTC',
			executionId: '1',
		},
		format: read,
		publishing: readPublishing(optionsOf(publishing, 'Publishing', []), kind),
		maxTries: 3,
		idleMs: 5_000,
	};
}

/** A destination in memory. `onCommit` runs before a file is published, and may reject. */
export interface MemoryDestination extends Destination {
	readonly files: Map<string, string>;
}

export function memoryDestination(
	onCommit: (target: Target) => void | Promise<void> = () => undefined,
): MemoryDestination {
	const files = new Map<string, string>();
	const refuseTaken = ({ replace, fileName }: Target) => {
		if (replace || !files.has(fileName)) return;
		throw new WritebackError('targetExists', `Blob ${fileName} already exists`, { hint: 'The target is unchanged.' });
	};
	const openUpload = async (target: Target): Promise<Upload> => {
		refuseTaken(target);
		let stored = '';
		return {
			write: async (body) => {
				for await (const chunk of body) stored += String(chunk);
				return Buffer.byteLength(stored);
			},
			readsBack: true,
			verify: async () => undefined,
			commit: async () => {
				await onCommit(target);
				refuseTaken(target);
				files.set(target.fileName, stored);
			},
			abort: async () => undefined,
			result: () => ({ removed: [], notes: [], verifiedBy: 'content' }),
		};
	};
	return {
		files,
		warnings: [],
		describe: ({ fileName }) => fileName,
		identify: ({ fileName }) => fileName,
		stat: async ({ fileName }) => (files.has(fileName) ? { bytes: 1 } : undefined),
		openUpload,
		close: async () => undefined,
	};
}
