import type { IDataObject } from 'n8n-workflow';
import type { KeyName } from './readers/gpg';

/** The File Format pane as n8n keeps it; but for the keys, which are named here and made when the tests start. */
export interface FileFormat {
	readonly format?: 'csv' | 'tsv' | 'jsonLines' | 'parquet';
	readonly skipHeader?: boolean;
	readonly delimiter?: 'comma' | 'tab' | 'semicolon' | 'pipe' | 'custom';
	readonly customDelimiter?: string;
	readonly quoteCharacter?: string;
	readonly quoteMode?: 'needed' | 'allText' | 'everything' | 'never';
	readonly escapeCharacter?: string;
	readonly lineFeed?: 'lf' | 'crlf' | 'custom';
	readonly customLineFeed?: string;
	readonly encoding?: string;
	readonly onUnmappable?: 'refuse' | 'replace';
	readonly includeBom?: boolean;
	readonly nullValue?: string;
	readonly columns?: 'all' | 'only' | 'except';
	readonly columnNames?: readonly string[];
	readonly textColumns?: readonly string[];
	readonly columnOrder?: 'asListed' | 'asInDataSet';
	readonly renameColumns?: { readonly column: ReadonlyArray<{ readonly from: string; readonly to: string }> };
	readonly dropBatchColumns?: boolean;
	readonly dateTimeFormat?: string;
	readonly timeZone?: string;
	readonly escapeFormulas?: boolean;
	readonly decimalSeparator?: 'point' | 'comma';
	readonly compression?: 'none' | 'gzip' | 'zip';
	readonly pgpPublicKey?: readonly KeyName[];
	readonly pgpArmor?: boolean;
	readonly splitRows?: number;
	readonly splitMegabytes?: number;
	readonly parquetCodec?: 'snappy' | 'zstd' | 'uncompressed';
	readonly fileExtension?: string;
}

/** The Rows pane as n8n keeps it. */
export interface Rows {
	readonly conditions?: { readonly condition: readonly Condition[] };
	readonly match?: 'all' | 'any';
	readonly ignoreCase?: boolean;
	readonly timeZone?: string;
	readonly limit?: number;
	readonly reportHighest?: string;
}

export interface Condition {
	readonly column: string;
	readonly operator: string;
	readonly value?: string;
	readonly to?: string;
}

type Entries = { readonly entry: ReadonlyArray<{ readonly name: string; readonly value: string }> };

export interface Publishing {
	readonly ifExists?: 'replace' | 'fail' | 'skip' | 'addNumber';
	readonly onlyIfChanged?: boolean;
	readonly createFolders?: boolean;
	readonly permissions?: string;
	readonly modifiedTime?: 'dataSet' | 'upload';
	readonly temporaryName?: 'hidden' | 'suffix' | 'folder' | 'none';
	readonly temporaryFolder?: string;
	readonly contentType?: string;
	readonly accessTier?: 'default' | 'Hot' | 'Cool' | 'Cold' | 'Archive';
	readonly cacheControl?: string;
	readonly metadata?: Entries;
	readonly tags?: Entries;
	readonly doneFile?: 'none' | 'empty' | 'manifest';
	readonly doneFileName?: string;
	readonly rowCheck?: 'fail' | 'warn' | 'off';
	readonly ifNoRows?: 'write' | 'skip';
	readonly verifyContent?: boolean;
}

export interface Names {
	readonly selectFilename?: 'dataSetId' | 'dataSetName' | 'filename';
	readonly filename?: string;
	readonly dateFormat?: string;
	/** Below the place that a test has for itself. */
	readonly folder?: string;
}

/** What a user has set; what is missing is not added to the node. */
export interface Settings {
	readonly rows: Rows;
	readonly fileFormat: FileFormat;
	readonly publishing: Publishing;
	readonly names: Names;
}

/** The same as parameters of the node, without where it writes. */
export function parametersOf(
	{ rows, fileFormat, publishing, names }: Settings,
	keys: Readonly<Record<string, string>>,
): IDataObject {
	const { pgpPublicKey, columnNames, textColumns, ...format } = fileFormat;
	const { selectFilename, filename, dateFormat } = names;
	const typed = {
		...(selectFilename && { selectFilename }),
		...(filename && { filename }),
		...(dateFormat && { dateFormat }),
	};
	const pgp = pgpPublicKey && { pgpPublicKey: pgpPublicKey.map((name) => keys[name]).join('\n') };
	const chosen = columnNames && { columnNames: columnNames.map(literal) };
	const asText = textColumns && { textColumns: textColumns.map(literal) };
	return structuredClone({
		...typed,
		rows,
		fileFormat: { ...format, ...pgp, ...chosen, ...asText },
		publishing,
	}) as unknown as IDataObject;
}

/** n8n takes what begins with = for an expression, so a text that does is typed as the expression of itself. */
function literal(text: string): string {
	return text.startsWith('=') ? `=${text}` : text;
}
