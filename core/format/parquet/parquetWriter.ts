import type { RowGroup } from 'hyparquet';
import type { Row } from '../csv/row';
import type { ParquetOptions } from '../formatOptions';
import type { OpenRowWriter, RowWriter } from '../rows/rowWriter';
import { type Codec, openCodec } from './codec';
import { ColumnChunk } from './columnChunk';
import { COLUMN_TYPES } from './columnTypes';
import { footerOf } from './footer';
import { type HyparquetInternals, loadHyparquetInternals } from './hyparquetInternals';
import { rejectDuplicateColumns, unreadable } from './parquetErrors';
import type { Column } from '../../domo/schema';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** A page of every column is encoded when so many characters of cells have come; that takes some 10 ms on n8n's main thread. */
const PAGE_CHARACTERS = 512 * KIBIBYTE;
const PAGE_ROWS = 20_000;

/** In a wide table pages of a few rows would cost more than their values do, so only every second or third column ends its page at a time. */
const COLUMNS_AT_ONCE = 512;

/** Encoded pages are held until a row group is complete, because a column's pages stand together. */
const GROUP_BYTES = 16 * MEBIBYTE;
/** In a wide table a row group has to hold more, or readers would find more headers than values. */
const GROUP_COLUMN_BYTES = 32 * KIBIBYTE;
const GROUP_ROWS = 1_000_000;

/** Dictionaries are compressed all at once when a row group ends, so all of them together are kept small. */
const DICTIONARIES_BYTES = MEBIBYTE;
const DICTIONARY_BYTES = { most: 256 * KIBIBYTE, least: 4 * KIBIBYTE };

/**
 * Parquet with the types of the DataSet's schema, in row groups that never hold more than some 16 MiB (32 KiB a column in tables of more
 * than 500 columns). The file is only appended to; its footer comes at the end. Rejects with `setting` when this Node.js lacks the codec.
 */
export async function openParquet({ codec }: ParquetOptions): Promise<OpenRowWriter> {
	const [library, compressor] = await Promise.all([loadHyparquetInternals(), openCodec(codec)]);
	return (columns) => new ParquetRows(columns, library, compressor);
}

class ParquetRows implements RowWriter {
	private readonly chunks: readonly ColumnChunk[];
	private readonly footer;
	private readonly groups: RowGroup[] = [];
	private readonly groupBytes: number;
	private offset = 0;
	/** In the page, the row group and the file that are being written. */
	private readonly rows = { page: 0, group: 0, file: 0 };
	private characters = 0;
	private turn = 0;

	constructor(
		private readonly columns: readonly Column[],
		library: HyparquetInternals,
		codec: Codec,
	) {
		rejectDuplicateColumns(columns);
		const share = Math.floor(DICTIONARIES_BYTES / columns.length);
		const dictionaryBytes = Math.max(DICTIONARY_BYTES.least, Math.min(DICTIONARY_BYTES.most, share));
		this.groupBytes = Math.max(GROUP_BYTES, GROUP_COLUMN_BYTES * columns.length);
		this.chunks = columns.map(
			({ name, type }) => new ColumnChunk({ name, kind: COLUMN_TYPES[type], codec, library, dictionaryBytes }),
		);
		this.footer = footerOf(columns, library);
	}

	get held(): number {
		return this.chunks.reduce((sum, chunk) => sum + chunk.held, this.characters);
	}

	open(): Buffer {
		this.offset = this.footer.magic.length;
		return this.footer.magic;
	}

	write(rows: readonly Row[]): readonly Buffer[] {
		const written: Buffer[] = [];
		let from = 0;
		for (let index = 0; index < rows.length; index++) {
			this.characters += charactersOf(rows[index]);
			const ends = this.characters >= PAGE_CHARACTERS || this.rows.page + index + 1 - from >= PAGE_ROWS;
			if (!ends && index < rows.length - 1) continue;
			this.add(rows, from, index + 1);
			from = index + 1;
			if (ends) written.push(...this.endPages());
		}
		return written;
	}

	close(): readonly Buffer[] {
		return this.endGroup();
	}

	finish(): readonly Buffer[] {
		return [this.footer.end(this.groups, this.rows.file)];
	}

	private add(rows: readonly Row[], from: number, to: number): void {
		this.chunks.forEach((chunk, column) => {
			const bad = chunk.add(rows, column, from, to);
			if (bad !== undefined) throw unreadable(this.columns[column], rows[bad]?.[column] ?? '', bad + 1);
		});
		for (const count of ['page', 'group', 'file'] as const) this.rows[count] += to - from;
	}

	private endPages(): readonly Buffer[] {
		const rounds = Math.ceil(this.chunks.length / COLUMNS_AT_ONCE);
		this.turn = (this.turn + 1) % rounds;
		let held = 0;
		this.chunks.forEach((chunk, index) => {
			if (index % rounds === this.turn) chunk.endPage();
			held += chunk.held;
		});
		this.rows.page = 0;
		this.characters = 0;
		return held >= this.groupBytes || this.rows.group >= GROUP_ROWS ? this.endGroup() : [];
	}

	private endGroup(): readonly Buffer[] {
		if (this.rows.group === 0) return [];
		const start = this.offset;
		const pages: Buffer[] = [];
		const columns = this.chunks.map((chunk) => {
			chunk.endPage();
			const ended = chunk.end(this.offset);
			pages.push(...ended.pages);
			this.offset += ended.bytes;
			return ended.metadata;
		});
		this.groups.push({
			columns,
			total_byte_size: columns.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n),
			total_compressed_size: BigInt(this.offset - start),
			num_rows: BigInt(this.rows.group),
		});
		this.rows.group = 0;
		return pages;
	}
}

function charactersOf(row: Row | undefined): number {
	let characters = 0;
	for (const cell of row ?? []) characters += cell?.length ?? 0;
	return characters;
}
