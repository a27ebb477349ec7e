import type { ColumnChunk, Encoding } from 'hyparquet';
import type { Codec } from './codec';
import type { ParquetColumnType } from './columnTypes';
import type { MinMaxStatistics } from './minMax';

/** What was counted while a column chunk was written. */
export interface Counted {
	/** Where it stands in the file. */
	readonly offset: number;
	readonly bytes: number;
	readonly uncompressedBytes: number;
	/** Of the dictionary's page, which comes first. */
	readonly dictionaryBytes: number;
	readonly hasDictionary: boolean;
	readonly rows: number;
	/** Rows that are not null. */
	readonly present: number;
}

/** What the footer says of a column chunk (parquet.thrift, ColumnMetaData). */
export function chunkMetadata(
	name: string,
	kind: ParquetColumnType,
	codec: Codec,
	counted: Counted,
	bounds: MinMaxStatistics,
): ColumnChunk {
	const encodings: Encoding[] = counted.hasDictionary ? ['PLAIN', 'RLE', 'RLE_DICTIONARY'] : ['PLAIN', 'RLE'];
	return {
		file_offset: BigInt(counted.offset),
		meta_data: {
			type: kind.element.type ?? 'BYTE_ARRAY',
			encodings,
			path_in_schema: [name],
			codec: codec.name,
			num_values: BigInt(counted.rows),
			total_uncompressed_size: BigInt(counted.uncompressedBytes),
			total_compressed_size: BigInt(counted.bytes),
			data_page_offset: BigInt(counted.offset + counted.dictionaryBytes),
			...(counted.hasDictionary && { dictionary_page_offset: BigInt(counted.offset) }),
			statistics: statistics(bounds, kind, BigInt(counted.rows - counted.present)),
		},
	};
}

/** Parquet leaves out bounds that are no number, and counts both zeros as one (parquet.thrift, ColumnOrder). */
function statistics(bounds: MinMaxStatistics, kind: ParquetColumnType, nulls: bigint) {
	const min = bounds.min && kind.statistic(bounds.min);
	const max = bounds.max && kind.statistic(bounds.max);
	if (min === undefined || max === undefined || Number.isNaN(min) || Number.isNaN(max)) return { null_count: nulls };
	return { null_count: nulls, min_value: min === 0 ? -0 : min, max_value: max === 0 ? 0 : max };
}
