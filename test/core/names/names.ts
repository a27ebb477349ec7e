import { readDateFormat } from '../../../core/support/datePattern';
import { type Extension, extensionOf } from '../../../core/names/extension';
import { fileName, type FileNameChoice, joined, readFileName, safeName } from '../../../core/names/fileName';
import { folder, readFolder } from '../../../core/names/folder';
import type { MacroValues } from '../../../core/names/macros';

export const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';

export const CSV = extensionOf('csv', 'none', undefined, undefined);

/** What macros stand for in a DataSet called `name`. */
export function valuesOf(name = 'Sales', more: Partial<MacroValues> = {}): MacroValues {
	return {
		dataSetId: ID,
		dataSetName: safeName(name) || ID,
		updatedAt: new Date('2026-02-03T22:30:00Z'),
		rows: 1234,
		executionId: '77',
		now: new Date('2026-03-01T00:30:00Z'),
		timeZone: 'UTC',
		dateFormat: readDateFormat('yyyy-MM-dd', 'Date Format'),
		part: 1,
		...more,
	};
}

/** The file's name by a choice; no number, no parts. */
export function nameBy(choice: FileNameChoice, values = valuesOf(), extension: Extension = CSV): string {
	return joined(fileName(choice, extension, values), 0, undefined);
}

/** The file's name when this was typed as Filename. */
export function named(typed: string, extension: Extension = CSV, values = valuesOf()): string {
	return nameBy({ kind: 'filename', template: readFileName(typed) }, values, extension);
}

/** The folder when this was typed as Path. */
export function folderOf(typed: string, values = valuesOf()): string {
	return folder(readFolder(typed, 'Path'), values, 'Path');
}
