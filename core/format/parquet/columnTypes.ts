import type { SchemaElement } from 'hyparquet-writer';
import { readDouble } from '../cells/double';
import { writeDate, writeTimestamp } from './dates';
import { PRECISION, SCALE, writeDecimal } from './decimal';
import { type Comparator, bytesBefore, doubleBefore, int32Before, int64Before, signedBytesBefore } from './minMax';
import type { PlainEncoder } from './plainEncoder';
import type { ColumnType } from '../../domo/schema';

/** How a Domo column is kept in Parquet. */
export interface ParquetColumnType {
	/** Its place in the schema, without its name. */
	readonly element: Omit<SchemaElement, 'name'>;
	/** What a message calls it. */
	readonly label: string;
	/** Bytes of a value; undefined where each has its length in front of it. */
	readonly width: number | undefined;
	readonly before: Comparator;
	/** False when the text is no such value. */
	write(text: string, into: PlainEncoder): boolean;
	/** A value as hyparquet-writer wants it for the statistics. */
	statistic(value: Buffer): bigint | number | Buffer;
}

/** The types of parquet-format, LogicalTypes.md; the older converted types are for older readers. */
export const COLUMN_TYPES: Readonly<Record<ColumnType, ParquetColumnType>> = {
	STRING: {
		element: optional({ type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }),
		label: 'text',
		width: undefined,
		before: bytesBefore,
		write(text, into) {
			into.text(text);
			return true;
		},
		statistic: (value) => value,
	},
	LONG: {
		element: optional({ type: 'INT64' }),
		label: 'a whole number of 64 bits',
		width: 8,
		before: int64Before,
		write: writeLong,
		statistic: (value) => value.readBigInt64LE(),
	},
	DECIMAL: {
		element: optional({
			type: 'FIXED_LEN_BYTE_ARRAY',
			type_length: 16,
			converted_type: 'DECIMAL',
			precision: PRECISION,
			scale: SCALE,
			logical_type: { type: 'DECIMAL', precision: PRECISION, scale: SCALE },
		}),
		label: `a decimal number of up to ${PRECISION - SCALE} digits before and ${SCALE} after the point`,
		width: 16,
		before: signedBytesBefore,
		write: writeDecimal,
		statistic: (value) => (value.readBigInt64BE() << 64n) | value.readBigUInt64BE(8),
	},
	DOUBLE: {
		element: optional({ type: 'DOUBLE' }),
		label: 'a number that fits in 64 bits',
		width: 8,
		before: doubleBefore,
		write: writeDouble,
		statistic: (value) => value.readDoubleLE(),
	},
	DATE: {
		element: optional({ type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }),
		label: 'a date like 2025-01-31',
		width: 4,
		before: int32Before,
		write: writeDate,
		statistic: (value) => value.readInt32LE(),
	},
	DATETIME: {
		element: optional({
			type: 'INT64',
			converted_type: 'TIMESTAMP_MICROS',
			logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
		}),
		label: 'a time like 2025-01-31T18:49:02',
		width: 8,
		before: int64Before,
		write: writeTimestamp,
		statistic: (value) => value.readBigInt64LE(),
	},
};

/** Domo has nulls in every column. */
function optional(element: Omit<SchemaElement, 'name' | 'repetition_type'>): Omit<SchemaElement, 'name'> {
	return { ...element, repetition_type: 'OPTIONAL' };
}

const WHOLE = /^[+-]?\d+$/;
/** Far more leading zeros than realistic before 19 digits; longer text would take long to parse as a number. */
const MOST_CHARACTERS = 1000;
/** So many characters are a safe integer. */
const SAFE_CHARACTERS = 15;

function writeLong(text: string, into: PlainEncoder): boolean {
	if (text.length > MOST_CHARACTERS || !WHOLE.test(text)) return false;
	const value = text.length <= SAFE_CHARACTERS ? Number(text) : BigInt(text.replace('+', ''));
	if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) return false;
	into.int64(value);
	return true;
}

function writeDouble(text: string, into: PlainEncoder): boolean {
	const value = readDouble(text);
	if (value === undefined) return false;
	into.double(value);
	return true;
}
