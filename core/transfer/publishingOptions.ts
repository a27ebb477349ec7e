import type { Attributes, Target, Temporary } from '../destinations/destination';
import type { Template } from '../names/macros';

/** The Publishing pane, checked. */
export interface PublishingOptions {
	/** What happens when the target has a file already; `addNumber` writes beside it. */
	readonly ifExists: 'replace' | 'fail' | 'skip' | 'addNumber';
	/** Skips a DataSet whose data is that of the file which is there. */
	readonly onlyIfChanged: boolean;
	readonly createFolders: Target['createFolders'];
	/** What a file on SFTP is called until it is complete. */
	readonly temporary: TemporaryNameOptions;
	/** Whether a file on SFTP gets the time of the DataSet, or keeps that of the upload. */
	readonly modifiedTime: 'dataSet' | 'upload';
	readonly attributes: Partial<Omit<Attributes, 'asOf' | 'dataSetId'>>;
	/** Written when everything else is published. */
	readonly doneFile: 'none' | 'empty' | 'manifest';
	/** Absent: as the file, ending in `.done` or `.manifest.json`. */
	readonly doneFileName?: Template;
	/** Whether all of a file is read back and compared before it is published. */
	readonly verifyContent: boolean;
	/** What a difference between the rows that Domo lists and those it sent means, when nothing explains it. */
	readonly rowCheck: 'fail' | 'warn' | 'off';
	/** Whether a file without any row is written; `skip` leaves the target as it is. */
	readonly ifNoRows: 'write' | 'skip';
}

export type TemporaryNameOptions =
	| Exclude<Temporary, { readonly kind: 'folder' }>
	| { readonly kind: 'folder'; readonly folder: Template };
