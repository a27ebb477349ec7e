import type { Format } from '../../../core/format/formatOptions';
import { invalidParameter } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

/** Options that mean nothing outside some formats, by what the user sees them called. */
const ONLY_DELIMITED: Readonly<Record<string, string>> = {
	skipHeader: 'Skip Header',
	quoteCharacter: 'Quote Character',
	quoteMode: 'Quote Mode',
	escapeCharacter: 'Escape Character',
	nullValue: 'Null Value',
	decimalSeparator: 'Decimal Separator',
};
const ONLY_CSV: Readonly<Record<string, string>> = { delimiter: 'Delimiter' };
const ONLY_TEXT: Readonly<Record<string, string>> = {
	lineFeed: 'Line Feed Delimiter',
	encoding: 'File Encoding',
	onUnmappable: 'On Unmappable Character',
	includeBom: 'Include BOM',
	dateTimeFormat: 'Date Time Format',
	timeZone: 'Time Zone',
};
const ONLY_TYPED: Readonly<Record<string, string>> = { textColumns: 'Text Column Names or IDs' };
const ONLY_PARQUET: Readonly<Record<string, string>> = { parquetCodec: 'Parquet Compression' };

/** Throws `setting` for an option that the format has no place for: read and not used, it would only look as if it worked. */
export function rejectUnsupportedOptions(options: Options, format: Format): void {
	const isText = format !== 'parquet';
	const isDelimited = format === 'csv' || format === 'tsv';
	refuse(options, format === 'csv' ? {} : ONLY_CSV, format);
	refuse(options, isDelimited ? {} : ONLY_DELIMITED, format);
	refuse(options, isDelimited ? ONLY_TYPED : {}, format);
	refuse(options, isText ? {} : ONLY_TEXT, format);
	refuse(options, isText ? ONLY_PARQUET : {}, format);
}

/** Options of Publishing that are about what a server has or keeps. */
const ONLY_SERVERS: Readonly<Record<string, string>> = {
	accessTier: 'Access Tier',
	cacheControl: 'Cache Control',
	createFolders: 'Create Folders',
	ifExists: 'If Exists',
	metadata: 'Metadata',
	modifiedTime: 'Modified Time',
	onlyIfChanged: 'Only If Changed',
	permissions: 'Permissions',
	tags: 'Tags',
	temporaryFolder: 'Temporary Folder',
	temporaryName: 'Temporary Name',
};

/** Throws `setting` for an option of Publishing that a file for the next node has no place for. */
export function rejectOptionsOfServers(options: Options): void {
	if (options.value('verifyContent') !== undefined) {
		throw invalidParameter(
			'Verify Content',
			'all of a file for the next node is read back and compared in any case',
			'Remove it under Publishing.',
		);
	}
	for (const [name, label] of Object.entries(ONLY_SERVERS)) {
		if (options.value(name) === undefined) continue;
		throw invalidParameter(
			label,
			'a file for the next node has none',
			'Remove it under Publishing, or choose another Destination.',
		);
	}
}

const FORMAT_NAMES: Readonly<Record<Format, string>> = {
	csv: 'CSV',
	tsv: 'TSV',
	jsonLines: 'JSON Lines',
	parquet: 'Parquet',
};

function refuse(options: Options, foreign: Readonly<Record<string, string>>, format: Format): void {
	for (const [name, label] of Object.entries(foreign)) {
		if (options.value(name) === undefined) continue;
		throw invalidParameter(
			label,
			`it doesn't apply to ${FORMAT_NAMES[format]} files`,
			'Remove it under File Format, or choose another format.',
		);
	}
}
