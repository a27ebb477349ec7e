import { withoutEnd } from '../support/withoutEnd';
import type { Compression, Format } from '../format/formatOptions';
import { invalidParameter } from '../support/errors';

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

const TRAILING = /[.\s]/;

/** A name without what Windows drops at its end. */
export function withoutTrailing(name: string): string {
	return withoutEnd(name, TRAILING);
}

/** What a user types as an extension: letters, then letters and digits; or the known one that begins with a digit. Dates and versions are none. */
const EXTENSION = /\.(?:\p{L}[\p{L}\p{M}\p{N}]*|7z)$/iu;

/** Extensions that stand behind another one, e.g. `.csv.gz`. */
const WRAPPING = /^\.(?:gz|zip|bz2|xz|zst|7z|pgp|gpg|asc)$/i;

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
	throw invalidParameter(
		'File Extension',
		'it contains characters other than letters, digits and dots',
		'Use e.g. csv, txt or csv.gz.',
	);
}

/**
 * A name in two: what numbers are added to, and how it ends. `typed` is the end of the name that the user typed; only there is an extension
 * the user's own. A name without one gets the whole of `extension`, and one that ends so already gets nothing.
 */
export function withExtension(
	name: string,
	typed: string,
	{ data, wrapping, typed: fixed }: Extension,
): { readonly stem: string; readonly end: string } {
	const end = fixed ?? data + wrapping;
	const own = ownExtension(name, typed);
	// Whatever brought it in, the same extension twice helps no reader; digits are more likely a date.
	if (endsWith(name, end) && (endsWith(typed, end, 0) || EXTENSION.test(end))) {
		return cut(name, endsWith(own, end, 0) ? own.length : end.length);
	}
	if (fixed !== undefined) return { stem: withoutTrailing(name), end };
	const isWrapped = wrapping !== '' && endsWith(typed, wrapping, 0) && endsWith(name, wrapping);
	const inner = isWrapped ? name.slice(0, -wrapping.length) : name;
	const kept = isWrapped ? ownExtension(inner, typed.slice(0, -wrapping.length)) : own;
	if (kept === '') return { stem: withoutTrailing(inner), end };
	// sales.csv is zipped to sales.zip; sales.txt stays what it is called.
	const isFormat = data === '.zip' && Object.values(OF_FORMAT).includes(kept.toLowerCase());
	return { stem: inner.slice(0, -kept.length), end: (isFormat ? data : kept) + wrapping };
}

/** The extension that the user typed, with the one before it where it only wraps; empty when there is none, or nothing would be left in front. */
function ownExtension(name: string, typed: string): string {
	const [last = ''] = EXTENSION.exec(typed) ?? [];
	const rest = name.slice(0, name.length - last.length);
	if (last === '' || !/[^.\s]/.test(rest)) return '';
	return (WRAPPING.test(last) ? ownExtension(rest, typed.slice(0, -last.length)) : '') + last;
}

/** What the data inside an archive is called. */
export function entryName(stem: string, format: Format): string {
	return stem + OF_FORMAT[format];
}

/** Also leaves `more` characters in front. */
function endsWith(name: string, end: string, more = 1): boolean {
	return name.length >= end.length + more && name.toLowerCase().endsWith(end.toLowerCase());
}

function cut(name: string, characters: number) {
	return { stem: name.slice(0, -characters), end: name.slice(-characters) };
}
