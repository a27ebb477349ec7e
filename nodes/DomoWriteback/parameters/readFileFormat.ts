import { readColumnSelection } from './readColumnSelection';
import { readDecimalSeparator } from './readDecimalSeparator';
import { readDelimited } from './readDelimited';
import { rejectUnsupportedOptions } from './rejectUnsupportedOptions';
import { unescapeText } from './unescape';
import type { Format, FormatOptions, RowOptions, TextEncoding } from '../../../core/format/formatOptions';
import { changesCells } from '../../../core/format/rows/cellTransforms';
import { isUnicode, readEncoding } from '../../../core/format/text/encoder';
import { readDateFormat } from '../../../core/support/datePattern';
import { invalidParameter, type WritebackError } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

const FORMATS: readonly Format[] = ['csv', 'tsv', 'jsonLines', 'parquet'];

/** Reads the File Format pane. Throws `setting` for the first option that cannot work, also beside the others. */
export function readFileFormat(options: Options, timeZone: string): FormatOptions {
	const format = options.choice('format', 'Format', FORMATS, 'csv');
	rejectUnsupportedOptions(options, format);
	const pgp = readPgp(options);
	const rows = readRows(options, format, timeZone);
	return {
		format,
		...(rows && { rows }),
		compression: options.choice('compression', 'Compression', ['none', 'gzip', 'zip'], 'none'),
		...(pgp && { pgp }),
	};
}

/** Undefined when nothing is encrypted: only when no key is asked for, since an expression that came out empty would send readable data. */
function readPgp(options: Options): FormatOptions['pgp'] {
	const armor = options.flag('pgpArmor', 'PGP ASCII Armor', false);
	if (options.value('pgpPublicKey') === undefined) {
		if (!armor) return undefined;
		throw invalidParameter(
			'PGP ASCII Armor',
			"it has no effect without 'PGP Public Key', and the file would not be encrypted",
			"Paste the public key of the file's reader, or remove the option under File Format.",
		);
	}
	const publicKeys = options.text('pgpPublicKey').trim();
	if (publicKeys !== '') return { publicKeys, armor };
	throw invalidParameter(
		'PGP Public Key',
		'it is empty, so the file would not be encrypted',
		"Paste the public key of the file's reader, or remove the option under File Format.",
	);
}

/** Undefined when the bytes may pass as they are. */
function readRows(options: Options, format: Format, timeZone: string): RowOptions | undefined {
	const rowsPerPart = options.whole('splitRows', 'Split Rows', 1, 1_000_000_000, 1_000_000);
	const megabytes = options.whole('splitMegabytes', 'Split Megabytes', 1, 1_000_000, 500);
	const columns = readColumnSelection(options);
	const dateTimeFormat = options.text('dateTimeFormat').trim();
	const ownTimeZone = options.text('timeZone').trim();
	if (ownTimeZone !== '' && dateTimeFormat === '') throw withoutDateTimeFormat();
	const writer = readWriter(options, format);
	const plan: RowOptions = {
		columns,
		cells: {
			...(dateTimeFormat !== '' && { dateTimeFormat: readDateFormat(dateTimeFormat, 'Date Time Format') }),
			timeZone: ownTimeZone || timeZone,
			escapeFormulas: options.flag('escapeFormulas', 'Escape Formulas', false),
			...readDecimalSeparator(options, writer),
		},
		writer,
		...(rowsPerPart !== undefined && { rowsPerPart }),
		...(megabytes !== undefined && { bytesPerPart: megabytes * 1_000_000 }),
	};
	return format === 'csv' && !isOfRows(options, plan) ? undefined : plan;
}

function withoutDateTimeFormat(): WritebackError {
	return invalidParameter(
		'Time Zone',
		"it has no effect without 'Date Time Format', and times would stay in UTC",
		"Enter a 'Date Time Format', e.g. yyyy-MM-dd HH:mm:ss, or remove the option under File Format.",
	);
}

/** Whether anything is set that differs from what Domo sends. */
function isOfRows(options: Options, { columns, cells, writer, rowsPerPart, bytesPerPart }: RowOptions): boolean {
	const split = rowsPerPart !== undefined || bytesPerPart !== undefined;
	const chosen = columns.kind !== 'all' || columns.dropBatchColumns || columns.renamed.length > 0;
	const written = ['delimiter', 'quoteCharacter', 'quoteMode', 'escapeCharacter', 'lineFeed', 'encoding', 'nullValue'];
	const typed = written.some((name) => options.value(name) !== undefined);
	const plain = writer.kind === 'delimited' && writer.header && !writer.includeBom;
	return split || chosen || changesCells(cells) || typed || !plain;
}

function readWriter(options: Options, format: Format): RowOptions['writer'] {
	if (format === 'parquet') {
		const codec = options.choice('parquetCodec', 'Parquet Compression', ['snappy', 'zstd', 'uncompressed'], 'snappy');
		return { kind: 'parquet', codec };
	}
	const text = readText(options);
	const lineFeed = readLineFeed(options);
	if (format === 'jsonLines') {
		// Everything else may stand inside an object, too.
		if (/[\r\n]/.test(lineFeed)) return { kind: 'jsonLines', ...text, lineFeed };
		throw invalidParameter('Custom Line Feed', 'JSON Lines needs a line break', 'Use e.g. \\n or \\r\\n.');
	}
	return readDelimited(options, format, { ...text, lineFeed });
}

function readText(options: Options): TextEncoding {
	const name = options.value('encoding') === undefined ? 'UTF-8' : options.text('encoding').trim();
	const encoding = readEncoding(name);
	const includeBom = options.flag('includeBom', 'Include BOM', false);
	if (includeBom && !isUnicode(encoding)) {
		throw invalidParameter('Include BOM', `${name} has no byte order mark`, 'Remove it, or choose UTF-8 or UTF-16LE.');
	}
	return {
		encoding,
		onUnmappable: options.choice('onUnmappable', 'On Unmappable Character', ['refuse', 'replace'], 'refuse'),
		includeBom,
	};
}

function readLineFeed(options: Options): string {
	const chosen = options.choice('lineFeed', 'Line Feed Delimiter', ['lf', 'crlf', 'custom'], 'lf');
	if (chosen !== 'custom') return chosen === 'lf' ? '\n' : '\r\n';
	const text = unescapeText(options.text('customLineFeed'));
	if (text !== '') return text;
	throw invalidParameter('Custom Line Feed', 'it is empty', 'Use e.g. \\r or |\\n.');
}
