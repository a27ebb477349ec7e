import type { Compression, Format } from './formatOptions';

export interface FileKind {
	readonly format: Format;
	readonly compression: Compression;
	/** Absent when nothing is encrypted. */
	readonly armor?: boolean;
}

/** RFC 7111; IANA; ndjson.org's own name, as JSON Lines has none registered; IANA. */
const OF_FORMAT: Readonly<Record<Format, string>> = {
	csv: 'text/csv',
	tsv: 'text/tab-separated-values',
	jsonLines: 'application/x-ndjson',
	parquet: 'application/vnd.apache.parquet',
};

/** RFC 6713; IANA. */
const OF_COMPRESSION: Readonly<Record<Exclude<Compression, 'none'>, string>> = {
	gzip: 'application/gzip',
	zip: 'application/zip',
};

/** The media type of a file: that of what was done to its bytes last. It says nothing of the text's encoding. */
export function contentType({ format, compression, armor }: FileKind): string {
	// RFC 3156 gives encrypted data no type but this outside of mail, and calls the control part application/pgp-encrypted, as most systems do the file.
	if (armor !== undefined) return 'application/pgp-encrypted';
	return compression === 'none' ? OF_FORMAT[format] : OF_COMPRESSION[compression];
}
