import { readCsv } from '../csv/csvReader';
import { empty, type Row } from '../csv/row';
import { canRedelimit, Redelimiter } from '../csvRewrite/csvRewriter';
import { peek } from '../csvRewrite/peekHeader';
import type { CellRules, DelimitedOptions } from '../formatOptions';
import { cellWork } from './cellTransforms';
import type { ChosenColumns } from './columnSelection';
import type { RowsWork } from './projection';
import type { OpenRowWriter } from './rowWriter';
import { type Part, type SplitLimits, splitRows } from './splitFiles';
import type { Body } from '../../support/byteStream';
import { inShortTurns } from '../../support/eventLoop';

/** How an export becomes files. */
export interface RowPlan {
	readonly columns: ChosenColumns;
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
export async function* formatRows(source: Body, plan: RowPlan): AsyncGenerator<Part> {
	if (!isOnlyMarks(plan)) return yield* formatCells(source, plan);
	const { header, source: whole } = await peek(source);
	const isAsListed = header?.every((name, place) => name === plan.columns.columns[place]?.name) === true;
	// The reader finds the columns of a header row in another order, or says what is wrong with it.
	if (!isAsListed || header.length !== plan.columns.columns.length) return yield* formatCells(whole, plan);
	const redelimiter = new Redelimiter(plan.delimited, plan.columns.columns);
	yield { number: 1, body: redelimiter.through(inShortTurns(whole)), rows: () => redelimiter.rows };
}

/** Whether nothing but marks changes: no cell has to be looked at as text. */
function isOnlyMarks(plan: RowPlan): plan is RowPlan & { readonly delimited: DelimitedOptions } {
	const { columns, cells, split, delimited } = plan;
	const isCut = split.rows !== undefined || split.bytes !== undefined;
	const isChanged = cells.escapeFormulas || cells.dateTimeFormat !== undefined;
	return delimited !== undefined && columns.isAsListed && !isCut && !isChanged && canRedelimit(delimited);
}

async function* formatCells(source: Body, plan: RowPlan): AsyncGenerator<Part> {
	const work = cellWork(plan.cells, plan.columns.columns);
	const rows = dataRows(inShortTurns(readCsv(source)), plan.columns, work.apply);
	yield* splitRows(rows, work.columns, plan.open, plan.split);
}

/** The rows below the header row, as the file has them; a batch is valid until the next one is asked for. */
async function* dataRows(
	batches: AsyncIterable<readonly Row[]>,
	columns: ChosenColumns,
	apply: RowsWork,
): AsyncGenerator<readonly Row[]> {
	let project: RowsWork | undefined;
	for await (const batch of batches) {
		const [header = []] = batch;
		const rows = project === undefined ? batch.slice(1) : batch;
		project ??= columns.project(header);
		const worked = apply(project(rows));
		yield worked;
		empty(batch);
		if (worked !== rows) empty(worked);
	}
}
