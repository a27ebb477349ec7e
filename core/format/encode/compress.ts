import { PassThrough } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pipeThrough } from './pipeThrough';
import type { ByteStream, ByteTransform } from '../../support/byteStream';

/** Larger pieces cost fewer turns of the event loop; zlib works in a thread of its own. */
const PIECE_BYTES = 64 * 1024;

/** RFC 1952. zlib writes no name and the time 0, so the same data gives the same bytes. */
export function gzip(body: ByteStream): ByteStream {
	const stream = createGzip({ level: 6, chunkSize: PIECE_BYTES });
	return pipeThrough(body, { input: stream, output: stream, usesUp: true });
}

/**
 * An archive that holds the data as one file, with its name in UTF-8 (PKWARE APPNOTE 6.3.10). Archives and files beyond 4 GiB are ZIP64.
 * The same data, name and time give the same bytes.
 */
export function zip(entryName: string, modifiedAt: Date): ByteTransform {
	return async function* (body) {
		const { ZipFile } = await import('yazl');
		const archive = new ZipFile();
		const input = new PassThrough();
		archive.addReadStream(input, plainName(entryName), { mtime: modifiedAt });
		archive.end();
		yield* pipeThrough(body, { input, output: archive.outputStream, usesUp: false });
	};
}

/** What leads out of the folder it is unpacked in on some system becomes a plain character. */
function plainName(name: string): string {
	return name.replace(/[\\/:\0]|^\.+$/g, (found) => '_'.repeat(found.length));
}
