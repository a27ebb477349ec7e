import type { RowGroup } from 'hyparquet';
import { COLUMN_TYPES } from './columnTypes';
import type { HyparquetInternals } from './hyparquetInternals';
import type { Column } from '../../domo/schema';

/** The two ends of a file, as hyparquet-writer lays them out. */
export function footerOf(columns: readonly Column[], { ByteWriter, ParquetWriter }: HyparquetInternals) {
	const writer = new ByteWriter();
	const schema = columns.map(({ name, type }) => ({ name, ...COLUMN_TYPES[type].element }));
	const parquet = new ParquetWriter({
		writer,
		schema: [{ name: 'schema', num_children: columns.length }, ...schema],
		createdBy: 'n8n-nodes-domo-writeback',
	});
	const magic = Buffer.from(writer.getBytes());
	return {
		magic,
		end(groups: readonly RowGroup[], rows: number): Buffer {
			parquet.row_groups = [...groups];
			parquet.num_rows = BigInt(rows);
			// ParquetWriter's promise is for writers that wait for a disk.
			void parquet.finish();
			return Buffer.from(writer.getBytes().subarray(magic.length));
		},
	};
}
