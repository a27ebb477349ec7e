import { readFileName } from '../../../core/names/fileName';
import { readFolder } from '../../../core/names/folder';
import { invalidParameter, sanitize } from '../../../core/support/errors';
import type { DestinationKind } from '../../../core/destinations/destination';
import type { PublishingOptions, TemporaryNameOptions } from '../../../core/transfer/publishingOptions';
import { type Options } from '../../shared/optionsReader';
import { rejectOptionsOfServers } from './rejectUnsupportedOptions';

const TIERS = ['Hot', 'Cool', 'Cold', 'Archive'] as const;

/** Reads the Publishing pane. Throws `setting` for the first option that cannot work. */
export function readPublishing(options: Options, kind: DestinationKind): PublishingOptions {
	if (kind === 'binary') rejectOptionsOfServers(options);
	const temporary = readTemporary(options, kind);
	const onlyIfChanged = options.flag('onlyIfChanged', 'Only If Changed', false);
	const doneFileName = options.text('doneFileName').trim();
	return {
		ifExists: options.choice('ifExists', 'If Exists', ['replace', 'fail', 'skip', 'addNumber'], 'replace'),
		onlyIfChanged,
		createFolders: options.flag('createFolders', 'Create Folders', true),
		temporary,
		modifiedTime: readModifiedTime(options, kind, onlyIfChanged),
		attributes: readAttributes(options, kind),
		doneFile: options.choice('doneFile', 'Done File', ['none', 'empty', 'manifest'], 'none'),
		...(doneFileName !== '' && { doneFileName: readFileName(doneFileName, 'Done File Name') }),
		verifyContent: options.flag('verifyContent', 'Verify Content', false),
		rowCheck: options.choice('rowCheck', 'Row Check', ['fail', 'warn', 'off'], 'fail'),
		ifNoRows: readIfNoRows(options, temporary),
	};
}

/** A blob keeps the DataSet's time in its metadata, which costs nothing; on SFTP it is what tells whether the data changed. */
function readModifiedTime(options: Options, kind: DestinationKind, onlyIfChanged: boolean) {
	if (kind !== 'sftp') return 'dataSet';
	const chosen = options.choice(
		'modifiedTime',
		'Modified Time',
		['dataSet', 'upload'],
		onlyIfChanged ? 'dataSet' : 'upload',
	);
	if (onlyIfChanged && chosen === 'upload') {
		throw invalidParameter(
			'Modified Time',
			"'Only If Changed' needs the DataSet's time as the file's modified time",
			"Set 'Modified Time' to DataSet's Time, or remove the option.",
		);
	}
	return chosen;
}

/** A file in place is written over before its first row is known. */
function readIfNoRows(options: Options, { kind }: TemporaryNameOptions): PublishingOptions['ifNoRows'] {
	const chosen = options.choice('ifNoRows', 'If No Rows', ['write', 'skip'], 'write');
	if (chosen === 'write' || kind !== 'none') return chosen;
	throw invalidParameter(
		'If No Rows',
		"Skip keeps the old file, but None: Write in Place in 'Temporary Name' would overwrite it",
		"Change 'Temporary Name', or set 'If No Rows' to Write the File.",
	);
}

function readTemporary(options: Options, kind: DestinationKind): TemporaryNameOptions {
	if (kind !== 'sftp') return { kind: 'hidden' };
	const chosen = options.choice('temporaryName', 'Temporary Name', ['hidden', 'suffix', 'folder', 'none'], 'hidden');
	if (chosen !== 'folder') return { kind: chosen };
	const typed = options.text('temporaryFolder');
	if (typed.trim() === '')
		throw invalidParameter(
			'Temporary Folder',
			'it is empty',
			"Enter a folder on the same disk as 'Path', e.g. /incoming/temporary, or change 'Temporary Name'.",
		);
	return { kind: 'folder', folder: readFolder(typed, 'Temporary Folder') };
}

function readPermissions(options: Options): PublishingOptions['attributes'] {
	const text = options.text('permissions').trim();
	if (options.value('permissions') === undefined) return {};
	if (/^0?[0-7]{3}$/.test(text)) return { permissions: Number.parseInt(text, 8) };
	throw invalidParameter('Permissions', "these aren't octal permissions", 'Use three digits from 0 to 7, e.g. 640.');
}

function readAttributes(options: Options, kind: DestinationKind): PublishingOptions['attributes'] {
	switch (kind) {
		case 'sftp':
			return readPermissions(options);
		case 'azureBlob':
			return readBlob(options);
		case 'binary':
			return checkedContentType(readContentType(options));
	}
}

/** n8n sends it in a header when a file is downloaded. */
function checkedContentType(attributes: PublishingOptions['attributes']): PublishingOptions['attributes'] {
	if (/^[\x20-\x7e]*$/.test(attributes.contentType ?? '')) return attributes;
	throw invalidParameter(
		'Content Type',
		"it contains characters that a header can't contain",
		'Use letters, digits and signs of ASCII, e.g. text/csv; charset=utf-8.',
	);
}

function readContentType(options: Options): PublishingOptions['attributes'] {
	const contentType = options.text('contentType').trim();
	return contentType === '' ? {} : { contentType };
}

/** What Azure itself takes is checked where the blob is opened. */
function readBlob(options: Options): PublishingOptions['attributes'] {
	const cacheControl = options.text('cacheControl').trim();
	const accessTier = options.choice('accessTier', 'Access Tier', ['default', ...TIERS], 'default');
	return {
		...readContentType(options),
		...(cacheControl !== '' && { cacheControl }),
		...(accessTier !== 'default' && { accessTier }),
		metadata: pairs(options, 'metadata', 'Metadata'),
		tags: pairs(options, 'tags', 'Tags'),
	};
}

function pairs(options: Options, name: string, label: string): Readonly<Record<string, string>> {
	const found = new Map<string, string>();
	for (const entry of options.entries(name, 'entry', label)) {
		const key = entry.text('name').trim();
		if (found.has(key)) {
			throw invalidParameter(
				label,
				`"${sanitize(key)}" is listed twice`,
				'Remove one of the two: a blob has one value per name.',
			);
		}
		found.set(key, entry.text('value').trim());
	}
	return Object.fromEntries(found);
}
