import type { Settings } from './settings';

/** Options that the node refuses together. */
export interface Refusal {
	readonly what: string;
	/** Whether settings are refused for this; also asked when some are still open, and not wrong then. */
	applies(settings: Settings): boolean;
	/** What a test sets. */
	readonly example: { readonly [Pane in keyof Settings]?: Settings[Pane] };
	/** How the message begins: by the label of the field. */
	readonly says: RegExp;
	readonly hint: RegExp;
	/** Told by a cell, so that the export has begun. */
	readonly byCell?: boolean;
}

const formatOf = ({ fileFormat }: Settings) => fileFormat.format ?? 'csv';
const quoteOf = ({ fileFormat }: Settings) => fileFormat.quoteCharacter ?? '"';
const escapeOf = (settings: Settings) => settings.fileFormat.escapeCharacter ?? quoteOf(settings);

/** An option that a format has no place for. */
function foreign(
	option: keyof Settings['fileFormat'],
	label: string,
	formats: readonly string[],
	example: Settings['fileFormat'],
): Refusal {
	return {
		what: `${label} for ${example.format ?? 'csv'}`,
		applies: (settings) => settings.fileFormat[option] !== undefined && !formats.includes(formatOf(settings)),
		example: { fileFormat: example },
		says: new RegExp(`^${label}: it doesn't apply to .* files`),
		hint: /under File Format/,
	};
}

const DELIMITED = ['csv', 'tsv'];
const TEXT = [...DELIMITED, 'jsonLines'];

/** All that the node refuses to do together, in one place: what is not here has to work. */
export const REFUSALS: readonly Refusal[] = [
	foreign('delimiter', 'Delimiter', ['csv'], { format: 'tsv', delimiter: 'pipe' }),
	foreign('skipHeader', 'Skip Header', DELIMITED, { format: 'jsonLines', skipHeader: true }),
	foreign('quoteCharacter', 'Quote Character', DELIMITED, { format: 'jsonLines', quoteCharacter: "'" }),
	foreign('quoteMode', 'Quote Mode', DELIMITED, { format: 'parquet', quoteMode: 'everything' }),
	foreign('escapeCharacter', 'Escape Character', DELIMITED, { format: 'jsonLines', escapeCharacter: '\\' }),
	foreign('nullValue', 'Null Value', DELIMITED, { format: 'parquet', nullValue: 'NULL' }),
	foreign('decimalSeparator', 'Decimal Separator', DELIMITED, { format: 'jsonLines', decimalSeparator: 'comma' }),
	foreign('lineFeed', 'Line Feed Delimiter', TEXT, { format: 'parquet', lineFeed: 'crlf' }),
	foreign('encoding', 'File Encoding', TEXT, { format: 'parquet', encoding: 'UTF-8' }),
	foreign('onUnmappable', 'On Unmappable Character', TEXT, { format: 'parquet', onUnmappable: 'replace' }),
	foreign('includeBom', 'Include BOM', TEXT, { format: 'parquet', includeBom: true }),
	foreign('dateTimeFormat', 'Date Time Format', TEXT, { format: 'parquet', dateTimeFormat: 'yyyy' }),
	foreign('timeZone', 'Time Zone', TEXT, { format: 'parquet', timeZone: 'Europe/Berlin' }),
	foreign('textColumns', 'Text Column Names or IDs', ['jsonLines', 'parquet'], {
		format: 'csv',
		textColumns: ['ratio'],
	}),
	foreign('parquetCodec', 'Parquet Compression', ['parquet'], { format: 'csv', parquetCodec: 'zstd' }),
	{
		what: 'names of columns that nothing refers to',
		applies: ({ fileFormat: { columns = 'all', columnNames = [] } }) => columns === 'all' && columnNames.length > 0,
		example: { fileFormat: { columnNames: ['ratio'] } },
		says: /^Column Names or IDs: they have no effect while 'Columns' is All/,
		hint: /Only These or All Except/,
	},
	{
		what: 'a time zone of times that stay as they are',
		applies: ({ fileFormat: { timeZone, dateTimeFormat } }) => timeZone !== undefined && dateTimeFormat === undefined,
		example: { fileFormat: { timeZone: 'Europe/Berlin' } },
		says: /^Time Zone: it has no effect without 'Date Time Format'/,
		hint: /Enter a 'Date Time Format'/,
	},
	{
		what: 'armor of a file that is not encrypted',
		applies: ({ fileFormat: { pgpArmor, pgpPublicKey } }) => pgpArmor === true && pgpPublicKey === undefined,
		example: { fileFormat: { pgpArmor: true } },
		says: /^PGP ASCII Armor: it has no effect without 'PGP Public Key'/,
		hint: /Paste the public key/,
	},
	{
		what: 'a byte order mark outside of Unicode',
		applies: ({ fileFormat: { includeBom, encoding = 'UTF-8' } }) => includeBom === true && !encoding.startsWith('UTF'),
		example: { fileFormat: { includeBom: true, encoding: 'Windows-1252' } },
		says: /^Include BOM: Windows-1252 has no byte order mark/,
		hint: /UTF-8/,
	},
	{
		what: 'the time of the upload where the time tells what changed',
		applies: ({ publishing: { onlyIfChanged, modifiedTime } }) => onlyIfChanged === true && modifiedTime === 'upload',
		example: { publishing: { onlyIfChanged: true, modifiedTime: 'upload' } },
		says: /^Modified Time: 'Only If Changed' needs/,
		hint: /DataSet's Time/,
	},
	{
		what: 'to leave a file as it is that is written over in place',
		applies: ({ publishing: { ifNoRows, temporaryName } }) => ifNoRows === 'skip' && temporaryName === 'none',
		example: { publishing: { ifNoRows: 'skip', temporaryName: 'none' } },
		says: /^If No Rows: Skip keeps the old file, but None: Write in Place in 'Temporary Name' would overwrite it/,
		hint: /Change 'Temporary Name'/,
	},
	{
		what: 'a comma in numbers and between cells, and no quotes',
		applies: (settings) => {
			const { decimalSeparator, delimiter = 'comma', quoteMode } = settings.fileFormat;
			const isComma = decimalSeparator === 'comma' && delimiter === 'comma' && formatOf(settings) === 'csv';
			return isComma && quoteMode === 'never' && escapeOf(settings) === quoteOf(settings);
		},
		example: { fileFormat: { format: 'csv', decimalSeparator: 'comma', quoteMode: 'never' } },
		says: /^Decimal Separator: it is the same as 'Delimiter', and 'Quote Mode' is Never/,
		hint: /Set 'Delimiter' to Semicolon, set 'Quote Mode' to Needed Only/,
	},
	{
		what: 'no quotes and nothing to escape with',
		applies: (settings) => settings.fileFormat.quoteMode === 'never' && escapeOf(settings) === quoteOf(settings),
		example: { fileFormat: { format: 'csv', skipHeader: true, quoteMode: 'never' } },
		says: /^Quote Mode: row \d+, column ".*" holds a delimiter, which needs quotes/,
		hint: /Needed Only/,
		byCell: true,
	},
	{
		what: 'no quotes and a text that reads as null',
		// The DataSet holds both null values as text, too.
		applies: (settings) => {
			const { quoteMode, nullValue } = settings.fileFormat;
			return quoteMode === 'never' && nullValue !== undefined && !nullValue.includes(escapeOf(settings));
		},
		example: { fileFormat: { format: 'csv', quoteMode: 'never', escapeCharacter: '\\', nullValue: 'NULL' } },
		says: /^Quote Mode: row \d+, column ".*" holds the null value as text/,
		hint: /Needed Only/,
		byCell: true,
	},
];

export function isAllowed(settings: Settings): boolean {
	return !REFUSALS.some((refusal) => refusal.applies(settings));
}
