import { badSetting } from '../errors';

export type Format = 'csv' | 'tsv' | 'jsonLines' | 'parquet';
export type Compression = 'none' | 'gzip' | 'zip';

/** How file names end. */
export interface Extension {
	/** Of the data itself, e.g. `.csv`. */
	readonly data: string;
	/** What compression and encryption add, e.g. `.gz.pgp`. */
	readonly wrapping: string;
	/** Typed by the user: nothing else is added then. */
	readonly typed?: string;
}

const OF_FORMAT: Readonly<Record<Format, string>> = {
	csv: '.csv',
	tsv: '.tsv',
	jsonLines: '.jsonl',
	parquet: '.parquet',
};

/** What Windows drops at the end of a name. */
export const TRAILING = /[.\s]+$/;

/** Something a reader would take for an extension. */
const HAS_EXTENSION = /[^.].*\.[^.\s]+$/;

/** `armor` is undefined when nothing is encrypted. */
export function extensionOf(
	format: Format,
	compression: Compression,
	armor: boolean | undefined,
	typed: string | undefined,
): Extension {
	const encrypted = armor === undefined ? '' : armor ? '.asc' : '.pgp';
	const compressed = compression === 'gzip' ? '.gz' : '';
	return {
		// A reader of the archive sees the data's own extension inside.
		data: compression === 'zip' ? '.zip' : OF_FORMAT[format],
		wrapping: compressed + encrypted,
		...(typed === undefined ? {} : { typed }),
	};
}

/** Checks what a user typed as File Extension. Throws a `setting` error. */
export function readExtension(text: string): string | undefined {
	const typed = text.trim().replace(/^\.+/, '');
	if (typed === '') return undefined;
	if (/^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(typed) && typed.length <= 40) return `.${typed}`;
	throw badSetting('File Extension', 'it holds more than letters, digits and dots', 'Use e.g. csv, txt or csv.gz.');
}

/** A name in two: what numbers are added to, and how it ends. A name without an extension gets the whole of it. */
export function withExtension(
	name: string,
	{ data, wrapping, typed }: Extension,
): { readonly stem: string; readonly end: string } {
	const end = typed ?? data + wrapping;
	if (endsWith(name, end)) return cut(name, end.length);
	if (typed !== undefined) return { stem: name.replace(TRAILING, ''), end };
	const wrapped = wrapping !== '' && endsWith(name, wrapping) ? name.slice(0, -wrapping.length) : name;
	if (!HAS_EXTENSION.test(wrapped)) return { stem: wrapped.replace(TRAILING, ''), end };
	const own = wrapped.slice(wrapped.lastIndexOf('.'));
	// sales.csv is zipped to sales.zip; sales.txt stays what it is called.
	const isFormat = data === '.zip' && Object.values(OF_FORMAT).includes(own.toLowerCase());
	return { stem: wrapped.slice(0, -own.length), end: (isFormat ? data : own) + wrapping };
}

/** What the data inside an archive is called. */
export function entryName(stem: string, format: Format): string {
	return stem + OF_FORMAT[format];
}

function endsWith(name: string, end: string): boolean {
	return name.length > end.length && name.toLowerCase().endsWith(end.toLowerCase());
}

function cut(name: string, characters: number) {
	return { stem: name.slice(0, -characters), end: name.slice(-characters) };
}
