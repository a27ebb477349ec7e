import { readColumns } from './readColumnSelection';
import { readDelimited } from './readDelimited';
import { refuseForeign } from './rejectUnsupportedOptions';
import { unescaped } from './unescape';
import type { Format, FormatPlan, RowPlan, TextEncoding } from '../../../core/format/formatOptions';
import { isUnicode, readEncoding } from '../../../core/format/text/encoder';
import { readDateFormat } from '../../../core/support/datePattern';
import { badSetting } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';

const FORMATS: readonly Format[] = ['csv', 'tsv', 'jsonLines', 'parquet'];

/** Reads the File Format pane. Throws `setting` for the first option that cannot work, also beside the others. */
export function readFileFormat(options: Options, timeZone: string): FormatPlan {
	const format = options.choice('format', 'Format', FORMATS, 'csv');
	refuseForeign(options, format);
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
function readPgp(options: Options): FormatPlan['pgp'] {
	const armor = options.flag('pgpArmor', 'PGP ASCII Armor', false);
	if (options.value('pgpPublicKey') === undefined) return undefined;
	const publicKeys = options.text('pgpPublicKey').trim();
	if (publicKeys !== '') return { publicKeys, armor };
	throw badSetting(
		'PGP Public Key',
		'it is empty, so the file would not be encrypted',
		'Paste the public key of its reader, or remove the option under File Format.',
	);
}

/** Undefined when the bytes may pass as they are. */
function readRows(options: Options, format: Format, timeZone: string): RowPlan | undefined {
	const rowsPerPart = options.whole('splitRows', 'Split Rows', 1, 1_000_000_000, 1_000_000);
	const megabytes = options.whole('splitMegabytes', 'Split Megabytes', 1, 1_000_000, 500);
	const columns = readColumns(options);
	const dateTimeFormat = options.text('dateTimeFormat').trim();
	const plan: RowPlan = {
		columns,
		cells: {
			...(dateTimeFormat !== '' && { dateTimeFormat: readDateFormat(dateTimeFormat, 'Date Time Format') }),
			timeZone: options.text('timeZone').trim() || timeZone,
			escapeFormulas: options.flag('escapeFormulas', 'Escape Formulas', false),
		},
		writer: readWriter(options, format),
		...(rowsPerPart !== undefined && { rowsPerPart }),
		...(megabytes !== undefined && { bytesPerPart: megabytes * 1_000_000 }),
	};
	return format === 'csv' && !isOfRows(options, plan) ? undefined : plan;
}

/** Whether anything is set that differs from what Domo sends. */
function isOfRows(options: Options, { columns, cells, writer, rowsPerPart, bytesPerPart }: RowPlan): boolean {
	const split = rowsPerPart !== undefined || bytesPerPart !== undefined;
	const chosen = columns.kind !== 'all' || columns.dropBatchColumns || columns.renamed.length > 0;
	const changed = cells.escapeFormulas || cells.dateTimeFormat !== undefined;
	const written = ['delimiter', 'quoteCharacter', 'quoteMode', 'escapeCharacter', 'lineFeed', 'encoding', 'nullValue'];
	const typed = written.some((name) => options.value(name) !== undefined);
	const plain = writer.kind === 'delimited' && writer.header && !writer.includeBom;
	return split || chosen || changed || typed || !plain;
}

function readWriter(options: Options, format: Format): RowPlan['writer'] {
	if (format === 'parquet') {
		const codec = options.choice('parquetCodec', 'Parquet Compression', ['snappy', 'zstd', 'uncompressed'], 'snappy');
		return { kind: 'parquet', codec };
	}
	const text = readText(options);
	const lineFeed = readLineFeed(options);
	if (format === 'jsonLines') {
		// Everything else may stand inside an object, too.
		if (/[\r\n]/.test(lineFeed)) return { kind: 'jsonLines', ...text, lineFeed };
		throw badSetting('Custom Line Feed', 'JSON Lines needs a line break in it', 'Use e.g. \\n or \\r\\n.');
	}
	return readDelimited(options, format, { ...text, lineFeed });
}

function readText(options: Options): TextEncoding {
	const name = options.value('encoding') === undefined ? 'UTF-8' : options.text('encoding').trim();
	const encoding = readEncoding(name);
	const includeBom = options.flag('includeBom', 'Include BOM', false);
	if (includeBom && !isUnicode(encoding)) {
		throw badSetting('Include BOM', `${name} has no byte order mark`, 'Remove it, or choose UTF-8 or UTF-16LE.');
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
	const text = unescaped(options.text('customLineFeed'));
	if (text !== '') return text;
	throw badSetting('Custom Line Feed', 'it is empty', 'Use e.g. \\r or |\\n.');
}
