import { zstdDecompressSync } from 'node:zlib';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { Column, ColumnType } from '../../../core/domo/schema';
import type { ParquetOptions } from '../../../core/format/formatOptions';
import { openParquet } from '../../../core/format/parquet/parquetWriter';
import type { Row } from '../../../core/format/csv/row';

export type Codec = ParquetOptions['codec'];

export function columnsOf(types: Readonly<Record<string, ColumnType>>): Column[] {
	return Object.entries(types).map(([name, type]) => ({ name, type }));
}

/** A whole file, written in as many calls as there are batches. */
export async function parquetOf(
	columns: readonly Column[],
	batches: readonly (readonly Row[])[],
	codec: Codec = 'snappy',
): Promise<Buffer> {
	const writer = (await openParquet({ kind: 'parquet', codec }))(columns);
	const start = writer.open();
	const middle = batches.flatMap((rows) => writer.write(rows));
	return Buffer.concat([start, ...middle, ...writer.close(), ...(writer.finish?.() ?? [])]);
}

export interface ReadBack {
	readonly metadata: FileMetaData;
	readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Read by hyparquet, which shares no code with the writer but its lists of names. It would make numbers of DECIMAL and milliseconds of times, so
 * these are read as the integers that are stored: units of 10⁻¹⁸ and microseconds.
 */
export async function readBack(file: Buffer): Promise<ReadBack> {
	const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer;
	const source: AsyncBuffer = { byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) };
	const metadata = await parquetMetadataAsync(source);
	const raw = new Set(['DECIMAL', 'TIMESTAMP']);
	const schema = metadata.schema.map((element) =>
		raw.has(element.logical_type?.type ?? '')
			? { ...element, converted_type: undefined, logical_type: undefined }
			: element,
	);
	const rows = await parquetReadObjects({
		file: source,
		metadata: { ...metadata, schema },
		compressors: { ZSTD: (input) => zstdDecompressSync(input) },
		utf8: false,
	});
	return { metadata, rows: rows.map(withIntegers) };
}

function withIntegers(row: Record<string, unknown>): Record<string, unknown> {
	const entries = Object.entries(row).map(([name, value]) => [
		name,
		value instanceof Uint8Array ? integer(value) : value,
	]);
	return Object.fromEntries(entries);
}

function integer(bytes: Uint8Array): bigint {
	return BigInt.asIntN(128, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}
