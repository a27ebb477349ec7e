import type { Compression, Format } from '../names/extension';
import type { CellRules, ColumnChoice, DelimitedOptions, JsonLinesOptions, ParquetOptions } from './formatOptions';

/** What the rows of an export become. */
export interface RowPlan {
	readonly columns: ColumnChoice;
	readonly cells: CellRules;
	readonly writer: DelimitedOptions | JsonLinesOptions | ParquetOptions;
	/** The most that one part holds. */
	readonly rowsPerPart?: number;
	readonly bytesPerPart?: number;
}

/** The File Format pane, checked as far as that goes without the DataSet. */
export interface FormatPlan {
	readonly format: Format;
	/** Absent when the bytes pass as Domo sends them. */
	readonly rows?: RowPlan;
	readonly compression: Compression;
	/** Whom the file is encrypted for; not at all when absent. */
	readonly pgp?: { readonly publicKeys: string; readonly armor: boolean };
}
