import type { contradicted } from '../../../core/names/contentByExtension';

/** A node's parameters as its fields hold them: expressions are not evaluated. */
interface Fields {
	readonly selectFilename?: unknown;
	readonly filename?: unknown;
	readonly fileFormat?: unknown;
}

/**
 * Whether the name that was typed promises another content than the file will have. n8n's editor evaluates the source of this function without
 * this file, so it uses nothing but its arguments; what an expression yields is not known there, and promises nothing.
 */
export function nameContradictsContent(
	{ selectFilename, filename, fileFormat }: Fields,
	check: typeof contradicted,
	contentOf: Readonly<Record<string, string>>,
): boolean {
	const options: Record<string, unknown> = Object(fileFormat);
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	const asks = [selectFilename, options.format, options.compression, options.delimiter, options.pgpPublicKey];
	if (asks.some((value) => text(value).startsWith('=')) || typeof fileFormat === 'string') return false;
	const names: Record<string, string> = { tsv: 'TSV', jsonLines: 'JSON Lines', parquet: 'Parquet' };
	const format = names[text(options.format)] ?? (options.delimiter === 'tab' ? 'CSV or TSV' : 'CSV');
	const compression = { gzip: 'gzip', zip: 'Zip' }[text(options.compression)];
	const encryption = text(options.pgpPublicKey) === '' ? undefined : 'OpenPGP';
	const contents = [encryption, compression, format].filter((content) => content !== undefined);
	const extension = text(options.fileExtension);
	if (extension !== '') return check(`x.${extension.replace(/^[=.]+/, '')}`, contents, contentOf) !== undefined;
	const typed = selectFilename === 'filename' ? text(filename).replace(/^.*(?:>|\}\})/s, '') : '';
	const own = /\.[^.]+$/.exec(typed)?.[0].toLowerCase() ?? '';
	// What the node adds to a name is true, and in an archive the format's own extension gives way.
	const isReplaced = compression === 'Zip' && ['.csv', '.tsv', '.jsonl', '.parquet'].includes(own);
	const isWrapped = contents.length > 1 && check(`x${own}`, contents, contentOf) !== undefined;
	return !isReplaced && check(`x${own}`, isWrapped ? [format] : contents, contentOf) !== undefined;
}
