import type { Encoding } from 'hyparquet';
import type { ByteWriter } from 'hyparquet-writer';
import type { Codec } from './codec';
import type { HyparquetInternals } from './hyparquetInternals';

/** The pages of one column chunk, in the order they stand in the file. */
export interface PageWriter {
	/** Of the finished pages. */
	readonly bytes: number;
	/** A page of values in PLAIN encoding. `levels` has a 1 for each value and a 0 for each null; `present` counts the values. */
	addPlain(levels: Uint8Array, present: number, values: Buffer): void;
	/** A page of numbers that the dictionary gives meaning to. */
	addNumbers(levels: Uint8Array, numbers: Uint32Array, bitWidth: number): void;
	/** It comes in front of all other pages; call it last. */
	addDictionary(values: Buffer, count: number): void;
	/** Hands over the pages, and starts anew. */
	end(): EndedPages;
}

interface EndedPages {
	readonly pages: readonly Buffer[];
	readonly bytes: number;
	/** Of the dictionary's page. */
	readonly dictionaryBytes: number;
	readonly uncompressedBytes: number;
	readonly rows: number;
	/** Rows that are not null. */
	readonly present: number;
}

/** Writes data pages of the first version, which every reader knows (parquet-format, README, Data Pages). */
export function pageWriter(
	{ scratch, writePageHeader, writeRleBitPackedHybrid }: HyparquetInternals,
	codec: Codec,
): PageWriter {
	const none = { bytes: 0, dictionaryBytes: 0, uncompressedBytes: 0, rows: 0, present: 0 };
	let pages: Buffer[] = [];
	let sum = { ...none };

	function page(content: Uint8Array, header: object): Buffer {
		const compressed = codec.compress(content);
		const writer = rewound(scratch.header);
		const sizes = { uncompressed_page_size: content.length, compressed_page_size: compressed.length };
		writePageHeader(writer, { type: 'DATA_PAGE', ...sizes, ...header });
		const bytes = Buffer.concat([writer.getBytes(), compressed]);
		sum.bytes += bytes.length;
		sum.uncompressedBytes += writer.offset + content.length;
		return bytes;
	}

	function addData(levels: Uint8Array, present: number, encoding: Encoding, addValues: (to: ByteWriter) => void): void {
		const content = rewound(scratch.content);
		// The levels stand behind their length.
		content.appendUint32(0);
		const length = writeRleBitPackedHybrid(content, levels, 1);
		// Looked up only now: levels that outgrow the writer's memory leave it with another view.
		content.view.setUint32(0, length, true);
		addValues(content);
		const levelEncodings = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' };
		const header = { data_page_header: { num_values: levels.length, encoding, ...levelEncodings } };
		pages.push(page(content.getBytes(), header));
		sum.rows += levels.length;
		sum.present += present;
	}

	return {
		get bytes() {
			return sum.bytes;
		},
		addPlain: (levels, present, values) => addData(levels, present, 'PLAIN', (to) => to.appendBytes(values)),
		addNumbers(levels, numbers, bitWidth) {
			addData(levels, numbers.length, 'RLE_DICTIONARY', (to) => {
				to.appendUint8(bitWidth);
				writeRleBitPackedHybrid(to, numbers, bitWidth);
			});
		},
		addDictionary(values, count) {
			const header = { type: 'DICTIONARY_PAGE', dictionary_page_header: { num_values: count, encoding: 'PLAIN' } };
			const dictionary = page(values, header);
			pages.unshift(dictionary);
			sum.dictionaryBytes = dictionary.length;
		},
		end() {
			const ended = { pages, ...sum };
			pages = [];
			sum = { ...none };
			return ended;
		},
	};
}

function rewound(writer: ByteWriter): ByteWriter {
	writer.index = 0;
	writer.offset = 0;
	return writer;
}
