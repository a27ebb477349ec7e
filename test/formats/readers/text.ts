import { join } from 'node:path';
import { run } from './run';

/** How a delimited file is to be read. */
export interface Dialect {
	readonly delimiter: string;
	/** Empty where nothing is quoted. */
	readonly quote: string;
	/** Empty where a quote is doubled. */
	readonly escape: string;
	readonly lineFeed: string;
}

/** A value of JSON as it stands in the file; a number as its digits. */
export type JsonValue = string | null | boolean | { readonly number: string };

/** Debian's own, which the tests installed if it was missing. */
const PYTHON = '/usr/bin/python3';

/** glibc's names for what files of these encodings hold in practice: with Microsoft's additions where those have prevailed. */
const GLIBC: Readonly<Record<string, string>> = { Shift_JIS: 'CP932', GBK: 'CP936', 'EUC-KR': 'CP949' };
const glibc = (encoding: string): string => GLIBC[encoding] ?? encoding;

/** Python's names, where they are others. */
const PYTHONS: Readonly<Record<string, string>> = { Shift_JIS: 'cp932', 'EUC-KR': 'cp949' };

/** The text of a file as UTF-8, by iconv; rejects for bytes that the encoding does not allow. */
export async function decoded(bytes: Buffer, encoding: string): Promise<Buffer> {
	return await run('/usr/bin/iconv', ['-f', glibc(encoding), '-t', 'UTF-8'], bytes);
}

/** The rows of a delimited file that is UTF-8, by Python's csv module. */
export async function readDelimited(utf8: Buffer, dialect: Dialect): Promise<string[][]> {
	const { delimiter, quote, escape, lineFeed } = dialect;
	return JSON.parse(String(await python('readCsv.py', [delimiter, quote, escape, lineFeed], utf8)));
}

/** The objects of a JSON Lines file that is UTF-8, by Python's json module. */
export async function readJsonLines(utf8: Buffer, lineFeed: string): Promise<Array<Array<[string, JsonValue]>>> {
	return JSON.parse(String(await python('readJsonLines.py', [lineFeed], utf8)));
}

/** Texts with a question mark for each character that the encoding lacks, by Python's codecs. */
export async function replaced<T extends string | null>(texts: readonly T[], encoding: string): Promise<T[]> {
	return JSON.parse(String(await python('replaced.py', [PYTHONS[encoding] ?? encoding], JSON.stringify(texts))));
}

/** How many records Python's csv module finds in a file, by its own dialect; one without a cell is none. */
export async function countByPython(path: string): Promise<number> {
	return Number(await python('countRows.py', [path], ''));
}

/** Runs one of the scripts beside this file. */
export async function python(script: string, args: readonly string[], input: Buffer | string): Promise<Buffer> {
	return await run(PYTHON, ['-I', '-S', join(__dirname, script), ...args], input);
}
