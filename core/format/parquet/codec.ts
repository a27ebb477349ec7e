import * as zlib from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import type { ParquetOptions } from '../formatOptions';
import { invalidParameter } from '../../support/errors';

/** How pages are compressed. */
export interface Codec {
	readonly name: CompressionCodec;
	/** Of one page. What is returned may share the page's memory. */
	compress(page: Uint8Array): Uint8Array;
}

/** Rejects with `setting` when this Node.js has no Zstandard. */
export async function openCodec(codec: ParquetOptions['codec'], node: object = zlib): Promise<Codec> {
	switch (codec) {
		case 'uncompressed':
			return { name: 'UNCOMPRESSED', compress: (page) => page };
		case 'zstd':
			return { name: 'ZSTD', compress: zstd(node) };
		case 'snappy': {
			const { snappyCompress } = await import('hyparquet-writer/src/snappy.js');
			return { name: 'SNAPPY', compress: snappyCompress };
		}
	}
}

/** In Node.js from 22.15 on (nodejs.org/api/zlib.html). */
function zstd(node: object): Codec['compress'] {
	const compress: unknown = Reflect.get(node, 'zstdCompressSync');
	if (typeof compress !== 'function')
		throw invalidParameter(
			'Parquet Compression',
			`Zstandard needs Node.js 22.15 or newer, and this n8n runs on ${process.version}`,
			'Choose Snappy, or run n8n on a newer Node.js.',
		);
	return (page) => {
		const compressed: unknown = Reflect.apply(compress, node, [page]);
		if (!(compressed instanceof Uint8Array)) throw new Error('zstdCompressSync has changed');
		return compressed;
	};
}
