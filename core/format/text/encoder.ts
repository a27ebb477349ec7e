import iconv from 'iconv-lite';
import type { TextEncoding } from '../formatOptions';
import { encodingOverrides } from './encodingOverrides';
import { invalidParameter, sanitize } from '../../support/errors';

/** Turns the text of one file into bytes. */
export interface Encoder {
	/** What a user calls the encoding, e.g. Windows-1252. */
	readonly label: string;
	readonly bom: Buffer;
	/** Undefined when the encoding lacks a character and that is refused. Give it whole rows: no character may be cut. */
	encode(text: string): Buffer | undefined;
	/** The text as it is in the file: with question marks for what the encoding lacks, when that is replaced. */
	written(text: string): string;
	/** The first character that the encoding lacks. */
	lacks(text: string): string | undefined;
	/** Another character that has the same bytes as this one, so that readers cannot tell them apart. */
	twin(character: string): string | undefined;
}

/** The encodings that files are exchanged in, without `-` and `_`. All of them have ASCII as it is, or are Unicode. */
const OFFERED = new RegExp(
	[
		'^(?:utf8|utf16[lb]e|(?:us)?ascii|latin1|iso8859(?:[1-9]|1[013-6])|koi8[ru]|mac(?:roman|intosh)',
		'(?:windows|win|cp)(?:874|125[0-8])|(?:cp|ibm)(?:437|737|775|85[02578]|86[0-3569])',
		'shiftjis|sjis|windows31j|cp9(?:32|36|49|50)|gbk|gb2312|gb18030|big5|euc(?:jp|kr))$',
	].join('|'),
	'u',
);

/** Stands for a character that the encoding lacks. */
export const REPLACEMENT = '?';

const NOT_ASCII = /[^\0-\x7f]/gu;

/** The name that iconv-lite knows for what a user typed, e.g. `windows1252` for Windows-1252. Throws `setting` for an encoding that is not offered. */
export function readEncoding(text: string): string {
	const typed = text.toLowerCase().replace(/[\s_-]/gu, '');
	// Decoders differ in what Hong Kong added to Big5; all of them agree on what Windows has.
	const name = typed === 'big5' ? 'cp950' : typed;
	if (OFFERED.test(name) && iconv.encodingExists(name)) return name;
	throw invalidParameter(
		'File Encoding',
		`"${sanitize(text)}" isn't a supported encoding`,
		'Use e.g. UTF-8, UTF-16LE, Windows-1252, ISO-8859-15, Shift_JIS, GBK, Big5 or EUC-KR.',
	);
}

/** Whether an encoding, by its name in iconv-lite, is one of Unicode: has every character, and a byte order mark. */
export function isUnicode(encoding: string): boolean {
	return encoding.startsWith('utf');
}

/** Throws `setting` for an encoding that is not offered. */
export function openEncoder({ encoding, onUnmappable, includeBom }: TextEncoding): Encoder {
	const name = readEncoding(encoding);
	const label = labelOf(name);
	if (isUnicode(name)) return { ...unicode(name, includeBom), label };
	const { encode, twin } = legacy(name);
	const has = remembered((character) => encode(character) !== undefined);
	const replaced = (text: string) => text.replace(NOT_ASCII, (character) => (has(character) ? character : REPLACEMENT));
	return {
		label,
		bom: Buffer.alloc(0),
		encode: onUnmappable === 'replace' ? (text) => encode(text) ?? encode(replaced(text)) : encode,
		written: onUnmappable === 'replace' ? replaced : unchanged,
		lacks: (text) => [...text].find((character) => encode(character) === undefined),
		twin,
	};
}

function unicode(name: string, includeBom: boolean): Omit<Encoder, 'label'> {
	const encode = (text: string) =>
		name === 'utf8' ? Buffer.from(text, 'utf8') : iconv.encode(text, name, { addBOM: false });
	const nothing = () => undefined;
	const bom = includeBom ? encode('\ufeff') : Buffer.alloc(0);
	return { bom, encode, written: unchanged, lacks: nothing, twin: nothing };
}

function unchanged(text: string): string {
	return text;
}

/** Undefined for text with a character that the encoding lacks. */
function legacy(name: string): Pick<Encoder, 'encode' | 'twin'> {
	const own = encodingOverrides(name);
	// A file is read by others: what comes back as another character is lacking, too, such as the yen that Shift_JIS has as a backslash.
	const plain = (text: string) => {
		const bytes = iconv.encode(text, name, { addBOM: false });
		return text.search(NOT_ASCII) === -1 || iconv.decode(bytes, name) === text ? bytes : undefined;
	};
	const encode = (text: string) => {
		if (!own.pattern.test(text)) return plain(text);
		const pieces: Buffer[] = [];
		for (const [place, piece] of text.split(own.pattern).entries()) {
			const bytes = place % 2 === 0 ? plain(piece) : own.of(piece);
			if (bytes === undefined) return undefined;
			pieces.push(bytes);
		}
		return Buffer.concat(pieces);
	};
	return { encode, twin: own.twin };
}

function remembered(has: (character: string) => boolean): (character: string) => boolean {
	const cached = new Map<string, boolean>();
	return (character) => {
		const answer = cached.get(character) ?? has(character);
		cached.set(character, answer);
		return answer;
	};
}

function labelOf(name: string): string {
	return name
		.replace(/^(?:windows|win|cp)(?=874|125)/u, 'Windows-')
		.replace(/^cp950$/u, 'Big5')
		.replace(/^iso8859/u, 'ISO-8859-')
		.replace(/^(?:shiftjis|sjis)$/u, 'Shift_JIS')
		.replace(/^(utf|euc|koi8)/u, '$1-')
		.replace(/^(?:gb|euc|utf|us|ascii|cp|ibm|koi8).*/iu, (whole) => whole.toUpperCase());
}
