import type { ColumnChunk as ChunkMetadata } from 'hyparquet';
import type { Cell, Row } from '../csv/row';
import { chunkMetadata } from './chunkMetadata';
import type { Codec } from './codec';
import type { ParquetColumnType } from './columnTypes';
import { Dictionary } from './dictionary';
import type { HyparquetInternals } from './hyparquetInternals';
import { MinMaxStatistics } from './minMax';
import { pageWriter, type PageWriter } from './pageWriter';
import { PlainEncoder } from './plainEncoder';

/** A dictionary is kept when at most so many of the values it was made from were new. */
const WORTH_NEW = 0.7;

export interface ChunkOptions {
	readonly name: string;
	readonly kind: ParquetColumnType;
	readonly codec: Codec;
	readonly library: HyparquetInternals;
	/** Room for the different values of a row group. */
	readonly dictionaryBytes: number;
}

/** One column of the row group that is being written: pages that are finished, and the one that grows. */
export class ColumnChunk {
	private readonly pages: PageWriter;
	private readonly values = new PlainEncoder();
	private numbers = new Uint32Array(1024);
	private levels = new Uint8Array(1024);
	private rows = 0;
	private present = 0;
	private bounds: MinMaxStatistics;
	/** Absent from where it stopped paying. */
	private dictionary: Dictionary | undefined;
	/** The same, as long as a page needs it. */
	private used: Dictionary | undefined;

	constructor(private readonly options: ChunkOptions) {
		this.pages = pageWriter(options.library, options.codec);
		this.bounds = this.noBounds();
		this.dictionary = this.noEntries();
	}

	/** Memory that is held, about; between pages. */
	get held(): number {
		return this.pages.bytes + (this.used?.held ?? 0);
	}

	/** Takes in one column's cells of some rows. Returns the first row whose cell is no value of the column's kind, if any. */
	add(rows: readonly Row[], column: number, from: number, to: number): number | undefined {
		this.makeRoom(to - from);
		for (let index = from; index < to; index++) {
			const cell = rows[index]?.[column] ?? null;
			if (isNull(cell, this.options.kind)) this.levels[this.rows] = 0;
			else if (!this.addValue(cell)) return index;
			else this.levels[this.rows] = 1;
			this.rows += 1;
		}
		return undefined;
	}

	/** Encodes and compresses what was added since the last page. */
	endPage(): void {
		if (this.rows === 0) return;
		if (this.used === undefined && (this.dictionary?.size ?? 0) > WORTH_NEW * this.present) this.fallBackToPlain();
		const levels = this.levels.subarray(0, this.rows);
		if (this.dictionary === undefined || this.present === 0) {
			this.bounds.include(this.values.written());
			this.pages.addPlain(levels, this.present, this.values.written());
		} else {
			this.used = this.dictionary;
			this.pages.addNumbers(levels, this.numbers.subarray(0, this.present), this.dictionary.bitWidth);
		}
		this.values.clear();
		this.rows = 0;
		this.present = 0;
	}

	/** Ends the chunk and starts the next one. `offset` is where the chunk will stand in the file. */
	end(offset: number): { readonly pages: readonly Buffer[]; readonly bytes: number; readonly metadata: ChunkMetadata } {
		const { kind, name, codec } = this.options;
		if (this.used !== undefined) {
			this.bounds.include(this.used.plain.written());
			this.pages.addDictionary(this.used.plain.written(), this.used.size);
		}
		const { bounds, used } = this;
		const chunk = this.pages.end();
		this.bounds = this.noBounds();
		this.dictionary = this.noEntries();
		this.used = undefined;
		const counted = { ...chunk, offset, hasDictionary: used !== undefined };
		return { pages: chunk.pages, bytes: chunk.bytes, metadata: chunkMetadata(name, kind, codec, counted, bounds) };
	}

	private addValue(cell: string): boolean {
		if (this.dictionary === undefined) {
			if (!this.options.kind.write(cell, this.values)) return false;
			this.present += 1;
			return true;
		}
		const number = this.dictionary.numberOf(cell);
		if (number === undefined) return false;
		this.numbers[this.present] = number;
		this.present += 1;
		const sampled = this.used === undefined ? this.present : 0;
		if (this.dictionary.shouldAbandon(sampled)) this.fallBackToPlain();
		return true;
	}

	/** The page that grows, and all after it, hold the values themselves. */
	private fallBackToPlain(): void {
		this.dictionary?.expand(this.numbers.subarray(0, this.present), this.values);
		this.dictionary = undefined;
	}

	private makeRoom(more: number): void {
		const needed = this.rows + more;
		if (needed <= this.levels.length) return;
		const size = Math.max(needed, 2 * this.levels.length);
		const { levels, numbers } = this;
		this.levels = new Uint8Array(size);
		this.levels.set(levels);
		this.numbers = new Uint32Array(size);
		this.numbers.set(numbers);
	}

	private noBounds(): MinMaxStatistics {
		return new MinMaxStatistics(this.options.kind.before, this.options.kind.width);
	}

	private noEntries(): Dictionary {
		return new Dictionary(this.options.kind, this.options.dictionaryBytes);
	}
}

/** Empty text is a value of text columns only; elsewhere a CSV that quotes every cell writes its nulls so. */
function isNull(cell: Cell, kind: ParquetColumnType): cell is null {
	return cell === null || (cell === '' && kind.width !== undefined);
}
