import { readCsv } from '../csv/csvReader';
import { releaseRows, type Row } from '../csv/row';
import { canRewrite, CsvRewriter } from '../csvRewrite/csvRewriter';
import { peekHeader } from '../csvRewrite/peekHeader';
import type { CellRules, DelimitedOptions } from '../formatOptions';
import { type CellTransforms, cellTransforms, changesCells } from './cellTransforms';
import type { SelectedColumns } from './columnSelection';
import type { RowTransform } from './projection';
import type { OpenRowWriter } from './rowWriter';
import { type Part, type SplitLimits, splitRows } from './splitFiles';
import type { ByteStream } from '../../support/byteStream';
import { yieldToEventLoopByTime } from '../../support/eventLoop';

/*
 * How rows are formatted. csv/csvReader.ts makes batches of rows from the export's bytes; columnSelection.ts and projection.ts choose and
 * order columns; cellTransforms.ts changes cells; splitFiles.ts cuts rows into files; a RowWriter (text/ or parquet/) makes bytes of them;
 * encode/ compresses and encrypts. Each stage pulls from the one before, so a slow destination slows the export down, and a batch is valid
 * until the next one is asked for. Where only delimiters and quotes change, csvRewrite/ works on the bytes and no cell becomes text.
 */

/** How an export becomes files. */
export interface PipelineOptions {
	readonly columns: SelectedColumns;
	readonly cells: CellRules;
	readonly open: OpenRowWriter;
	readonly split: SplitLimits;
	/** What the file is written by, when that is delimited text. */
	readonly delimited?: DelimitedOptions;
}

/**
 * Writes an export of Domo (CSV, header row first) in the planned format, part after part; read each body to its end before asking for the
 * next part. Rejects with `rowsDiffer` or `domoNotData` for an export that is not what it should be, with `setting` for a cell that cannot be
 * written; rows in messages count data rows from 1. An export of no bytes is one without rows.
 */
export async function* formatRows(source: ByteStream, plan: PipelineOptions): AsyncGenerator<Part> {
	if (!isOnlyMarks(plan)) return yield* formatCells(source, plan);
	const { header, source: whole } = await peekHeader(source);
	const headerMatches = header?.every((name, place) => name === plan.columns.columns[place]?.name) === true;
	// The reader finds the columns of a header row in another order, or says what is wrong with it.
	if (!headerMatches || header.length !== plan.columns.columns.length) return yield* formatCells(whole, plan);
	const rewriter = new CsvRewriter(plan.delimited, plan.columns.columns);
	yield { number: 1, body: rewriter.rewrite(yieldToEventLoopByTime(whole)), rows: () => rewriter.rows };
}

/** Whether nothing but marks changes: no cell has to be looked at as text. */
function isOnlyMarks(plan: PipelineOptions): plan is PipelineOptions & { readonly delimited: DelimitedOptions } {
	const { columns, cells, split, delimited } = plan;
	const isCut = split.rows !== undefined || split.bytes !== undefined;
	return delimited !== undefined && columns.isWholeDataSet && !isCut && !changesCells(cells) && canRewrite(delimited);
}

/** What becomes of the cells, and of the columns' names. Throws as `cellTransforms` does. */
export function transformsOf({ cells, columns, delimited }: PipelineOptions): CellTransforms {
	const { isText } = columns;
	return cellTransforms(cells, columns.columns, { isText, ...(delimited && { delimited }) });
}

async function* formatCells(source: ByteStream, plan: PipelineOptions): AsyncGenerator<Part> {
	const work = transformsOf(plan);
	const rows = dataRows(yieldToEventLoopByTime(readCsv(source)), plan.columns, work.apply);
	yield* splitRows(rows, work.columns, plan.open, plan.split);
}

/** The rows below the header row, as the file has them; a batch is valid until the next one is asked for. */
async function* dataRows(
	batches: AsyncIterable<readonly Row[]>,
	columns: SelectedColumns,
	apply: RowTransform,
): AsyncGenerator<readonly Row[]> {
	let project: RowTransform | undefined;
	for await (const batch of batches) {
		const [header = []] = batch;
		const rows = project === undefined ? batch.slice(1) : batch;
		project ??= columns.project(header);
		const worked = apply(project(rows));
		yield worked;
		releaseRows(batch);
		if (worked !== rows) releaseRows(worked);
	}
}
