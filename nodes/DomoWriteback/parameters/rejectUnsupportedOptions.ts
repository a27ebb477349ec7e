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
