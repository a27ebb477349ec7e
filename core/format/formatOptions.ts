import type { DateFormat } from '../support/datePattern';

/** Which columns are written. `names` are the DataSet's; `renamed` gives some of them another name in the file. */
export interface ColumnSelection {
	readonly kind: 'all' | 'only' | 'except';
	readonly names: readonly string[];
	/** With `only`: whether the file has them in the order they are listed, or in the DataSet's. */
	readonly order: 'asListed' | 'asInDataSet';
	readonly renamed: ReadonlyArray<readonly [from: string, to: string]>;
	/** Leaves out `_BATCH_ID_` and `_BATCH_LAST_RUN_`. */
	readonly dropBatchColumns: boolean;
	/** Those of the DataSet's columns that the file keeps as text, whatever their type; none when absent. */
	readonly asText?: readonly string[];
}

/** What happens to cells, whatever the format. */
export interface CellRules {
	/** How DATETIME columns are written; as Domo writes them when absent. */
	readonly dateTimeFormat?: DateFormat;
	/** IANA name. Domo's times are UTC. */
	readonly timeZone: string;
	/** What stands between the whole part and the fraction of a number in DECIMAL and DOUBLE columns; Domo's point when absent. */
	readonly decimalSeparator?: ',';
	/** Puts an apostrophe in front of text that a spreadsheet would take for a formula. */
	readonly escapeFormulas: boolean;
}

/** How text becomes bytes. */
export interface TextEncoding {
	/** A name that iconv-lite knows, e.g. `utf8`, `win1252`. */
	readonly encoding: string;
	readonly onUnmappable: 'replace' | 'refuse';
	readonly includeBom: boolean;
}

export type QuoteMode = 'needed' | 'allText' | 'everything' | 'never';

export interface DelimitedOptions extends TextEncoding {
	readonly kind: 'delimited';
	readonly header: boolean;
	readonly delimiter: string;
	readonly quote: string;
	readonly quoteMode: QuoteMode;
	/** In front of a quote inside a quoted cell: the quote itself (RFC 4180) or another character, which is then escaped itself, too. */
	readonly escape: string;
	readonly lineFeed: string;
	/** How null is written, never quoted. */
	readonly nullValue: string;
}

export interface JsonLinesOptions extends TextEncoding {
	readonly kind: 'jsonLines';
	readonly lineFeed: string;
}

export interface ParquetOptions {
	readonly kind: 'parquet';
	readonly codec: 'snappy' | 'zstd' | 'uncompressed';
}

export type Format = 'csv' | 'tsv' | 'jsonLines' | 'parquet';

export type Compression = 'none' | 'gzip' | 'zip';

/** What the rows of an export become. */
export interface RowOptions {
	readonly columns: ColumnSelection;
	readonly cells: CellRules;
	readonly writer: DelimitedOptions | JsonLinesOptions | ParquetOptions;
	/** The most that one part holds. */
	readonly rowsPerPart?: number;
	readonly bytesPerPart?: number;
}

/** How a condition compares a cell with its values. */
export type Operator =
	| 'is'
	| 'isNot'
	| 'isOneOf'
	| 'contains'
	| 'startsWith'
	| 'endsWith'
	| 'isEmpty'
	| 'isNotEmpty'
	| 'greater'
	| 'atLeast'
	| 'less'
	| 'atMost'
	| 'between';

/** What one cell of a row must be. */
export interface Condition {
	/** Its name in the DataSet. */
	readonly column: string;
	readonly operator: Operator;
	/** None for `isEmpty` and `isNotEmpty`, two for `between`, any number for `isOneOf`, one for all others. */
	readonly values: readonly string[];
}

/** Which rows of the DataSet are written: the Rows pane. */
export interface RowFilter {
	readonly conditions: readonly Condition[];
	/** Whether a row needs all conditions or one of them. Without conditions every row fits. */
	readonly match: 'all' | 'any';
	/** Whether upper and lower case are alike in STRING columns. */
	readonly ignoreCase: boolean;
	/** IANA name: of times without a zone in the values of conditions, and of their days. */
	readonly timeZone: string;
	/** The most rows that are written; all when absent. */
	readonly limit?: number;
	/** The column whose highest value among the rows that are written is reported; none when absent. */
	readonly reportHighest?: string;
}

/** The highest value of a column, as the export has it; null where no row that was written has one. */
export interface Highest {
	readonly column: string;
	readonly value: string | null;
}

/** The File Format pane, and the Rows pane, checked as far as that goes without the DataSet. */
export interface FormatOptions {
	readonly format: Format;
	/** Absent when every row is written. */
	readonly filter?: RowFilter;
	/** Absent when the bytes pass as Domo sends them. */
	readonly rows?: RowOptions;
	readonly compression: Compression;
	/** Whom the file is encrypted for; not at all when absent. */
	readonly pgp?: { readonly publicKeys: string; readonly armor: boolean };
}
