import type { FormatOptions } from '../format/formatOptions';
import { invalidParameter, sanitize } from '../support/errors';

/** What readers expect in a file, by its extension; those of ENCRYPTED are all one kind. Any other extension promises nothing. */
const CONTENTS: Readonly<Record<string, readonly string[]>> = {
	CSV: ['csv'],
	TSV: ['tsv', 'tab'],
	'JSON Lines': ['jsonl', 'ndjson', 'json'],
	Parquet: ['parquet', 'parq', 'pq'],
	gzip: ['gz', 'gzip', 'tgz'],
	Zip: ['zip'],
	'another compression': ['7z', 'bz2', 'lz4', 'rar', 'tar', 'xz', 'zst'],
	'another format': ['arrow', 'avro', 'html', 'ods', 'orc', 'pdf', 'xls', 'xlsb', 'xlsm', 'xlsx', 'xml'],
	OpenPGP: ['pgp', 'gpg', 'asc'],
	'another encryption': ['aes', 'age', 'crypt', 'enc', 'encrypted', 'p7', 'p7e', 'p7m', 'smime'],
};

/** `CONTENTS` by extension. */
export const CONTENT_OF: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(CONTENTS).flatMap(([content, extensions]) => extensions.map((extension) => [extension, content])),
);

const ENCRYPTION: ReadonlySet<string | undefined> = new Set(['OpenPGP', 'another encryption']);
const COMPRESSION: ReadonlySet<string | undefined> = new Set(['gzip', 'Zip', 'another compression']);

const FORMATS = { csv: 'CSV', tsv: 'TSV', jsonLines: 'JSON Lines', parquet: 'Parquet' } as const;

/** What a file holds, from the outside in. */
function contentsOf({ format, compression, pgp, rows }: FormatOptions): readonly string[] {
	const tabs = rows?.writer.kind === 'delimited' && rows.writer.delimiter === '\t';
	return [
		...(pgp === undefined ? [] : ['OpenPGP']),
		...(compression === 'none' ? [] : [compression === 'gzip' ? 'gzip' : 'Zip']),
		// CSV with tabs goes by both names.
		format === 'csv' && tabs ? 'CSV or TSV' : FORMATS[format],
	];
}

/**
 * The first of `contents` that the name contradicts, seen from its end; undefined when it contradicts none. The editor evaluates the source of
 * this function without this file, so it uses nothing but its arguments.
 */
export function contradicted(
	name: string,
	contents: readonly string[],
	contentOf: Readonly<Record<string, string>>,
): string | undefined {
	const extensions = name.toLowerCase().split('.').slice(1).reverse();
	for (const [at, content] of contents.entries()) {
		const promised: unknown = contentOf[extensions[at] ?? ''];
		if (typeof promised !== 'string') return undefined;
		if (!content.split(' or ').includes(promised)) return content;
	}
	return undefined;
}

/** That a file's name promises another content than the file has; undefined when it does not. */
export function disagreement(fileName: string, plan: FormatOptions): string | undefined {
	const content = contradicted(fileName, contentsOf(plan), CONTENT_OF);
	return content === undefined ? undefined : `${sanitize(fileName)} holds ${content}`;
}

/** Throws `setting`, naming `label`, for a file that is readable and named as if it were encrypted. */
export function checkEncryption(fileName: string, plan: FormatOptions, label: string): void {
	if (plan.pgp !== undefined) return;
	const extensions = fileName.toLowerCase().split('.').slice(1).reverse();
	const last = extensions.find((extension) => !COMPRESSION.has(CONTENT_OF[extension]));
	if (last === undefined || !ENCRYPTION.has(CONTENT_OF[last])) return;
	throw invalidParameter(
		label,
		`the file would be named .${last}, but it isn't encrypted`,
		"Paste its reader's public key under File Format → 'PGP Public Key', or choose another extension, e.g. csv.",
	);
}
