import type { Column } from '../domo/schema';
import type { ByteStream, ByteTransform } from '../support/byteStream';
import { contentType } from './contentType';
import { checkColumnCount } from './csv/csvErrors';
import { bytesAsSent } from './bytesAsSent';
import { rowCounter } from './csv/rowCounter';
import { type Digest, digester } from './digest';
import { MOST_COLUMNS, MOST_PARQUET_COLUMNS } from './formatLimits';
import type { Compression, FormatOptions, RowOptions } from './formatOptions';
import type { SelectionCounts } from './rowFilter/rowSelector';
import type { PipelineOptions } from './rows/rowPipeline';
import type { OpenRowWriter } from './rows/rowWriter';
import { yieldToEventLoopByTime } from '../support/eventLoop';

/** One file as it is stored: the whole DataSet, or a part of it. Consume it before asking for the next. */
export interface FilePart {
	/** From 1. */
	readonly number: number;
	readonly body: ByteStream;
	/** After the end: rows written; undefined when the bytes passed as Domo sent them. */
	rows(): number | undefined;
	/** After the end: what was compressed or encrypted; undefined when nothing was. */
	content(): Digest | undefined;
}

/** How a part is named where its name is part of its bytes. */
export interface Naming {
	/** What the data is called inside an archive. */
	entry(part: number): string;
	/** Its time there. */
	readonly asOf: Date;
}

/** Turns one export into files, as the File Format pane says. */
export interface Formatter {
	readonly contentType: string;
	/** The columns of the files. */
	readonly columns: readonly Column[];
	parts(source: ByteStream, naming: Naming): AsyncGenerator<FilePart>;
	/** After the end: what the conditions and the limit came to; undefined where there are none. */
	selection(): Selection | undefined;
}

export interface Selection extends SelectionCounts {
	/** Carriage returns in rows that pass as Domo sends them, which many readers take for the end of a row. */
	readonly bareReturns: number;
}

/**
 * Makes everything ready that one export of a DataSet of this schema needs; `now` tells which day is today in conditions. Rejects with `setting`
 * before anything is read or sent.
 */
export async function openFormatter(
	plan: FormatOptions,
	schema: readonly Column[],
	now = new Date(),
): Promise<Formatter> {
	const { rows, compression, pgp } = plan;
	const wrap = await wrapper(plan);
	const selector = plan.filter && new (await import('./rowFilter/rowSelector')).RowSelector(plan.filter, schema, now);
	const format = rows === undefined ? undefined : await rowFormat(rows, schema);
	// Rows that pass as Domo sends them are counted once more, by what ends them.
	const counter = selector && rowCounter();
	const asSent = await bytesAsSent(schema, counter);
	return {
		contentType: contentType({ format: plan.format, compression, ...(pgp && { armor: pgp.armor }) }),
		columns: format?.columns ?? schema,
		async *parts(source, naming) {
			const selected = selector?.select(yieldToEventLoopByTime(source)) ?? source;
			const parts = format?.parts(selected) ?? [asSent(selected)];
			for await (const { number, body, rows: count } of parts) {
				const digest = wrap && digester();
				let content: Digest | undefined;
				const wrapped = wrap && digest ? wrap(naming, number)(digest.measure(body)) : body;
				yield { number, body: wrapped, rows: count, content: () => (content ??= digest?.total()) };
			}
		},
		selection: () => selector && { ...selector.counts, bareReturns: counter?.bareReturns() ?? 0 },
	};
}

async function rowFormat(plan: RowOptions, schema: readonly Column[]) {
	const [{ selectColumns }, { formatRows, transformsOf }] = await Promise.all([
		import('./rows/columnSelection'),
		import('./rows/rowPipeline'),
	]);
	// Before the work that grows with them.
	checkColumnCount(schema.length, MOST_COLUMNS);
	const columns = selectColumns(plan.columns, schema);
	if (plan.writer.kind === 'parquet') checkColumnCount(columns.columns.length, MOST_PARQUET_COLUMNS);
	const writer = await rowWriter(plan.writer);
	const pipeline: PipelineOptions = {
		columns,
		cells: plan.cells,
		open: (named) => writer(columns.typed(named)),
		split: {
			...(plan.rowsPerPart !== undefined && { rows: plan.rowsPerPart }),
			...(plan.bytesPerPart !== undefined && { bytes: plan.bytesPerPart }),
		},
		...(plan.writer.kind === 'delimited' && { delimited: plan.writer }),
	};
	return {
		// Also tells of a time zone that does not exist before anything is opened.
		columns: columns.typed(transformsOf(pipeline).columns),
		parts: (source: ByteStream) => formatRows(source, pipeline),
	};
}

/** Each format loads what it needs when it is used. */
async function rowWriter(writer: RowOptions['writer']): Promise<OpenRowWriter> {
	switch (writer.kind) {
		case 'delimited':
			return (await import('./text/delimitedWriter')).openDelimited(writer);
		case 'jsonLines':
			return (await import('./text/jsonLinesWriter')).openJsonLines(writer);
		case 'parquet':
			return await (await import('./parquet/parquetWriter')).openParquet(writer);
	}
}

/** Compression, then encryption; undefined when there is neither. */
async function wrapper({
	compression,
	pgp,
}: FormatOptions): Promise<((naming: Naming, part: number) => ByteTransform) | undefined> {
	if (compression === 'none' && pgp === undefined) return undefined;
	const encrypt = pgp && (await encryption(pgp));
	const { gzip, zip } = await import('./encode/compress');
	return (naming, part) => (body) => {
		const entry = naming.entry(part);
		const compressed =
			compression === 'gzip' ? gzip(body) : compression === 'zip' ? zip(entry, naming.asOf)(body) : body;
		return encrypt ? encrypt(packedName(entry, compression))(compressed) : compressed;
	};
}

/** The name of what is encrypted: recipients' programs offer it for the decrypted file. */
function packedName(entry: string, compression: Compression): string {
	if (compression === 'gzip') return `${entry}.gz`;
	return compression === 'zip' ? entry.replace(/\.[^.]*$/, '.zip') : entry;
}

async function encryption({ publicKeys, armor }: NonNullable<FormatOptions['pgp']>) {
	const { encryptPgp, readRecipients } = await import('./encode/pgpEncrypt');
	const recipients = await readRecipients(publicKeys, new Date());
	return (fileName: string): ByteTransform => encryptPgp(recipients, { armor, fileName });
}
