import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from './oracle/table';
import { asJson, asParquet, plainDoubles } from './oracle/values';
import { readParquet } from './readers/duckDb';
import { decoded, type Dialect, readDelimited, readJsonLines, replaced } from './readers/text';
import type { FileFormat } from './settings';
import { isLossy } from './oracle/table';

const DELIMITERS: Readonly<Record<string, string>> = { comma: ',', tab: '\t', semicolon: ';', pipe: '|' };
const LINE_FEEDS: Readonly<Record<string, string>> = { lf: '\n', crlf: '\r\n' };
const CUSTOM_LINE_FEEDS: Readonly<Record<string, string>> = { '\\r': '\r', '~\\r\\n': '~\r\n' };

const MARK = '\ufeff';

/** Expects the unpacked files of a writeback to hold the table, each valid on its own; resolves to the rows that each of them holds. */
export async function expectTable(contents: readonly Buffer[], table: Table, format: FileFormat): Promise<number[]> {
	switch (format.format ?? 'csv') {
		case 'parquet':
			return await expectParquet(contents, table, format);
		case 'jsonLines': {
			const texts = await Promise.all(contents.map(async (content) => await utf8Of(content, format)));
			const parts = await Promise.all(texts.map(async (text) => await readJsonLines(text, lineFeedOf(format))));
			expect(parts.flat()).toEqual(asJson(await written(table, format)));
			return parts.map(({ length }) => length);
		}
		default:
			return await expectDelimited(contents, table, format);
	}
}

async function expectDelimited(contents: readonly Buffer[], table: Table, format: FileFormat): Promise<number[]> {
	const dialect = dialectOf(format);
	const parts = await Promise.all(
		contents.map(async (content) => await readDelimited(await utf8Of(content, format), dialect)),
	);
	const { columns, rows } = await written(table, format);
	const headers = format.skipHeader === true ? 0 : 1;
	for (const part of parts.slice(0, headers * parts.length)) expect(part[0]).toEqual(columns.map(({ name }) => name));
	const nullText = seenNull(format, dialect);
	expect(parts.flatMap((part) => part.slice(headers))).toEqual(rows.map((row) => row.map((cell) => cell ?? nullText)));
	return parts.map((part) => part.length - headers);
}

async function expectParquet(contents: readonly Buffer[], table: Table, format: FileFormat): Promise<number[]> {
	const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
	try {
		const paths = contents.map((_, part) => join(folder, `${part}.parquet`));
		await Promise.all(contents.map(async (content, part) => await writeFile(paths[part] ?? '', content)));
		const files = await readParquet(paths);
		const expected = asParquet(table);
		for (const { columns, codecs, rows } of files) {
			expect(columns).toEqual(expected.columns);
			// A file without rows has no row group, and so no codec.
			expect(codecs).toEqual(rows.length === 0 ? [] : [(format.parquetCodec ?? 'snappy').toUpperCase()]);
		}
		expect(files.flatMap((file) => plainDoubles(file).rows)).toEqual(expected.rows);
		return files.map(({ rows }) => rows.length);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The text of a file without its mark of byte order, which is there when it should be. */
async function utf8Of(content: Buffer, { encoding = 'UTF-8', includeBom = false }: FileFormat): Promise<Buffer> {
	const text = String(await decoded(content, encoding));
	expect(text.startsWith(MARK)).toBe(includeBom);
	return Buffer.from(includeBom ? text.slice(MARK.length) : text);
}

/** A table as its text comes back from the encoding. */
async function written({ columns, rows }: Table, format: FileFormat): Promise<Table> {
	if (!isLossy(format)) return { columns, rows };
	const width = columns.length;
	const texts = [...columns.map(({ name }) => name), ...rows.flat()];
	const back = await replaced(texts, format.encoding ?? 'UTF-8');
	return {
		columns: columns.map(({ type }, place) => ({ name: back[place] ?? '', type })),
		rows: rows.map((_, row) => back.slice(width * (row + 1), width * (row + 2))),
	};
}

function dialectOf(format: FileFormat): Dialect {
	const { delimiter = 'comma', customDelimiter = '', quoteCharacter = '"', quoteMode } = format;
	const { escapeCharacter = quoteCharacter } = format;
	return {
		delimiter: format.format === 'tsv' ? '\t' : (DELIMITERS[delimiter] ?? customDelimiter),
		quote: quoteMode === 'never' ? '' : quoteCharacter,
		escape: escapeCharacter === quoteCharacter ? '' : escapeCharacter,
		lineFeed: lineFeedOf(format),
	};
}

function lineFeedOf({ lineFeed = 'lf', customLineFeed = '' }: FileFormat): string {
	return LINE_FEEDS[lineFeed] ?? CUSTOM_LINE_FEEDS[customLineFeed] ?? customLineFeed;
}

/** The null value as a reader sees it who knows of none: an escape character in it does its work. */
function seenNull({ nullValue = '' }: FileFormat, { escape }: Dialect): string {
	return escape === '' ? nullValue : nullValue.replaceAll(escape, '');
}
