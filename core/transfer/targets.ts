import { type DataVersion, fingerprintOf } from '../destinations/dataVersion';
import type { Attributes, Target, Temporary } from '../destinations/destination';
import type { DataSet } from '../domo/dataSet';
import type { Format } from '../format/formatOptions';
import { binaryField } from '../names/binaryField';
import { entryName, type Extension } from '../names/extension';
import { doneFileName, fileName, type FileNameChoice, joined, safeName } from '../names/fileName';
import { folder } from '../names/folder';
import type { MacroValues, Template } from '../names/macros';
import type { DateFormat } from '../support/datePattern';
import { isLarge, upTo } from './itemConcurrency';
import type { PublishingOptions } from './publishingOptions';

/** Where the files of one writeback go and what they are called, before a DataSet is known. */
export interface Names {
	readonly folder: Template;
	/** What the field of the folder is called. */
	readonly folderLabel: string;
	/** The field of binary data that takes the place of a folder; absent where there are folders. */
	readonly field?: string;
	readonly choice: FileNameChoice;
	readonly extension: Extension;
	readonly format: Format;
	/** Whether the files are numbered parts. */
	readonly parts: boolean;
	readonly dateFormat: DateFormat;
	readonly timeZone: string;
	readonly executionId: string;
}

/** The targets of one DataSet. */
export interface Targets {
	/** What If Exists added; 0 for the plain name. */
	readonly number: number;
	/** From 1; the same file for every part of a DataSet that is not split. */
	file(part: number): Target;
	done(): Target;
	/** What the data is called inside an archive. */
	entry(part: number): string;
	/** When the data was current. */
	readonly asOf: Date;
}

export interface TargetContext {
	readonly publishing: PublishingOptions;
	readonly contentType: string;
	/** Tells which rows are written; absent for all of them. */
	readonly selection?: string | undefined;
	readonly now: Date;
	/** The most rows that a file gets; Infinity, or absent, for as many as there are. */
	readonly mostRows?: number;
	/** Tells the file from those that are there already; 0 for the plain name. */
	readonly number: number;
}

/** Rejects with `setting` when macros make a name that cannot be one. */
export function targetsOf(
	names: Names,
	dataSet: DataSet,
	{ publishing, contentType, selection, now, mostRows = Infinity, number }: TargetContext,
): Targets {
	const asOf = instant(dataSet.updatedAt) ?? now;
	const valuesOf = (part: number): MacroValues => ({
		dataSetId: dataSet.id,
		dataSetName: safeName(dataSet.name) || dataSet.id,
		updatedAt: asOf,
		rows: dataSet.rows,
		executionId: names.executionId,
		now,
		timeZone: names.timeZone,
		dateFormat: names.dateFormat,
		part,
	});
	const nameOf = (part: number) => fileName(names.choice, names.extension, valuesOf(part));
	const attributes: Attributes = {
		contentType,
		metadata: {},
		tags: {},
		...publishing.attributes,
		dataSetId: dataSet.id,
		...(publishing.modifiedTime === 'dataSet' && versionOf(dataSet, asOf, publishing.onlyIfChanged, selection)),
	};
	const numberOf = (part: number) => (names.parts ? part : undefined);
	const folderOf = (part: number, of: 'file' | 'done') =>
		names.field === undefined
			? folder(names.folder, valuesOf(part), names.folderLabel)
			: binaryField(names.field, of === 'done' ? 'done' : numberOf(part));
	const target = (part: number, own: Pick<Target, 'folder' | 'fileName' | 'replace' | 'isLarge'>): Target => ({
		...own,
		createFolders: publishing.createFolders,
		verifyContent: publishing.verifyContent,
		temporary: temporaryOf(publishing, valuesOf(part)),
		attributes,
	});
	const end = publishing.doneFile === 'manifest' ? '.manifest.json' : '.done';
	return {
		number,
		asOf,
		file: (part) =>
			target(part, {
				folder: folderOf(part, 'file'),
				fileName: joined(nameOf(part), number, numberOf(part)),
				replace: publishing.ifExists === 'replace',
				isLarge: isLarge(upTo(dataSet, mostRows)),
			}),
		done: () => {
			const fileName =
				publishing.doneFileName === undefined
					? joined({ ...nameOf(1), end }, number, undefined)
					: doneFileName(publishing.doneFileName, valuesOf(1));
			const contentType = publishing.doneFile === 'manifest' ? 'application/json' : 'text/plain';
			const done = target(1, { folder: folderOf(1, 'done'), fileName, replace: true, isLarge: false });
			return { ...done, attributes: { ...attributes, contentType } };
		},
		entry: (part) => entryName(joined({ ...nameOf(part), end: '' }, number, numberOf(part)), names.format),
	};
}

/** What the file says of the data it holds; a time of access is changed only where it is needed. */
function versionOf(
	dataSet: DataSet,
	asOf: Date,
	onlyIfChanged: boolean,
	selection: string | undefined,
): Partial<Attributes> {
	const dataCurrentAt = instant(dataSet.dataCurrentAt);
	const version: DataVersion = {
		dataSetId: dataSet.id,
		asOf,
		...(dataCurrentAt !== undefined && { dataCurrentAt }),
		...(dataSet.rows !== undefined && { rows: dataSet.rows }),
		...(selection !== undefined && { selection }),
	};
	return { ...version, ...(onlyIfChanged && { fingerprint: fingerprintOf(version) }) };
}

function temporaryOf({ temporary }: PublishingOptions, values: MacroValues): Temporary {
	return temporary.kind === 'folder'
		? { kind: 'folder', folder: folder(temporary.folder, values, 'Temporary Folder') }
		: temporary;
}

function instant(text: string): Date | undefined {
	const time = new Date(text);
	return Number.isNaN(time.getTime()) ? undefined : time;
}
