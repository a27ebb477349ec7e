import iconv from 'iconv-lite';
import { badSetting, shown } from '../errors';
import type { TextEncoding } from './fileFormat';

/** Turns the text of one file into bytes. */
export interface Encoder {
	/** What a user calls the encoding, e.g. Windows-1252. */
	readonly label: string;
	readonly bom: Buffer;
	/** Undefined when the encoding lacks a character and that is refused. Give it whole rows: no character may be cut. */
	encode(text: string): Buffer | undefined;
	/** The first character that the encoding lacks. */
	lacks(text: string): string | undefined;
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

const NOT_ASCII = /[^\0-\x7f]/u;

const BEYOND_16_BITS = /[\u{10000}-\u{10ffff}]/gu;

/** The name that iconv-lite knows for what a user typed, e.g. `windows1252` for Windows-1252. Throws `setting` for an encoding that is not offered. */
export function readEncoding(text: string): string {
	const typed = text.toLowerCase().replace(/[\s_-]/gu, '');
	// Decoders differ in what Hong Kong added to Big5; all of them agree on what Windows has.
	const name = typed === 'big5' ? 'cp950' : typed;
	if (OFFERED.test(name) && iconv.encodingExists(name)) return name;
	throw badSetting(
		'File Encoding',
		`"${shown(text)}" is no encoding that can be written`,
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
	const encode =
		name === 'utf8'
			? (text: string) => Buffer.from(text, 'utf8')
			: (text: string) => iconv.encode(text, name, { addBOM: false });
	const label = labelOf(name);
	if (isUnicode(name)) {
		return { label, bom: includeBom ? encode('\ufeff') : Buffer.alloc(0), encode, lacks: () => undefined };
	}
	// A file is read by others: what comes back as another character is lacking, too, such as the yen that Shift_JIS has as a backslash.
	const keeps = (text: string, bytes: Buffer) => !NOT_ASCII.test(text) || iconv.decode(bytes, name) === text;
	// iconv-lite writes a question mark for either half of a character that it has no single one for.
	const halves = encode('\u{1f600}').length === 2;
	const replaced = (text: string) => encode(halves ? text.replace(BEYOND_16_BITS, '?') : text);
	const refused = (text: string) => {
		const bytes = encode(text);
		return keeps(text, bytes) ? bytes : undefined;
	};
	return {
		label,
		bom: Buffer.alloc(0),
		encode: onUnmappable === 'replace' ? replaced : refused,
		lacks: (text) => [...text].find((character) => !keeps(character, encode(character))),
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
