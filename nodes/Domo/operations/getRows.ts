import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { describeDataSet } from '../../../core/domo/dataSet';
import { openExport } from '../../../core/domo/export';
import type { Column } from '../../../core/domo/schema';
import { readCsv } from '../../../core/format/csv/csvReader';
import type { Row } from '../../../core/format/csv/row';
import type { RowFilter } from '../../../core/format/formatOptions';
import { projection } from '../../../core/format/rows/projection';
import { typedValue } from '../../../core/format/typedValue';
import { anySignal } from '../../../core/support/abort';
import type { ByteStream } from '../../../core/support/byteStream';
import { invalidParameter, sanitize } from '../../../core/support/errors';
import { yieldToEventLoopByTime } from '../../../core/support/eventLoop';
import { checkRows } from '../../../core/transfer/verify';
import { readIdleMs } from '../../shared/idleTimeout';
import { optionsOf } from '../../shared/optionsReader';
import { readRowConditions } from '../../shared/readRowConditions';
import { rowsOptions, rowsPane } from '../descriptions/getRows';
import {
	itemBytes,
	type Operation,
	type MemoryShare,
	readId,
	readLimit,
	repeated,
	rowJson,
	tooMuch,
	twiceIn,
} from './operation';

/**
 * The first rows of a DataSet that meet the conditions, whose export ends with the last one that is wanted; or all of them, where the rows
 * of the export are held against the number that Domo lists. Rejects with `rowsDiffer` when nothing explains a difference.
 */
export const getRows: Operation = async (context) => {
	const { n8n, item, domo, signal, warn } = context;
	const id = readId(context);
	const limit = readLimit(context);
	const pane = ({ name, displayName, options }: INodeProperties) =>
		optionsOf(n8n.getNodeParameter(name, item, {}), displayName, options);
	const filter = readRowConditions(pane(rowsPane), n8n.getTimezone());
	const idleMs = readIdleMs(pane(rowsOptions));
	const describe = async () => await repeated(signal, async () => await describeDataSet(domo, id));
	const dataSet = await describe();
	checkNames(dataSet.schema);
	const selector = await openSelector({ ...filter, limit }, dataSet.schema);
	const over = new AbortController();
	try {
		const body = await openExport(domo, id, idleMs, anySignal(signal, over.signal));
		const selected = selector?.select(yieldToEventLoopByTime(body)) ?? body;
		const { items, isWhole } = await readItems(selected, dataSet.schema, limit, context.memory);
		if (!isWhole) return items;
		const read = selector?.counts.read ?? items.length;
		const { note } = await checkRows(dataSet, read, 'fail', describe);
		if (note !== undefined) warn(`${sanitize(dataSet.name)}: ${note}`);
		return items;
	} finally {
		// Ends the request of an export of which no more is wanted.
		over.abort();
	}
};

/** Undefined where every row fits. Rejects with `setting` for conditions that the schema has no place for. */
async function openSelector(filter: RowFilter, schema: readonly Column[]) {
	if (filter.conditions.length === 0) return undefined;
	const { RowSelector } = await import('../../../core/format/rowFilter/rowSelector');
	return new RowSelector(filter, schema, new Date());
}

interface Items {
	readonly items: IDataObject[];
	/** The export came to its end. */
	readonly isWhole: boolean;
}

async function readItems(
	body: ByteStream,
	schema: readonly Column[],
	limit: number,
	memory: MemoryShare,
): Promise<Items> {
	const items: IDataObject[] = [];
	let toItems: ((rows: readonly Row[]) => IDataObject[]) | undefined;
	for await (const batch of yieldToEventLoopByTime(readCsv(body))) {
		const [header, ...others] = batch;
		const rows = toItems === undefined ? others : batch;
		toItems ??= itemMaker(header ?? [], schema);
		const wanted = rows.slice(0, limit - items.length);
		if (!memory.take(bytesOf(wanted))) throw tooMuch(limit === Infinity ? 'Return All' : 'Limit');
		for (const item of toItems(wanted)) items.push(item);
		if (items.length >= limit) return { items, isWhole: false };
	}
	return { items, isWhole: true };
}

/** Domo may describe a DataSet without its columns; those of the header row are then text. */
function itemMaker(header: Row, listed: readonly Column[]): (rows: readonly Row[]) => IDataObject[] {
	const columns = listed.length > 0 ? listed : header.map((name): Column => ({ name: name ?? '', type: 'STRING' }));
	checkNames(columns);
	const names = columns.map(({ name }) => name);
	const inOrder = projection(
		header,
		columns,
		columns.map((_, index) => index),
	);
	return (rows) =>
		inOrder(rows).map((row) => {
			return rowJson(
				names,
				columns.map(({ type }, index) => typedValue(row[index] ?? null, type)),
			);
		});
}

/** Throws `setting` for columns that no item can have side by side. */
function checkNames(columns: readonly Column[]): void {
	const name = twiceIn(columns.map((column) => column.name));
	if (name === undefined) return;
	throw invalidParameter(
		'Input DataSet ID',
		`two columns of the DataSet are named "${sanitize(name)}", but an item can have only one of them`,
		'Rename one of them in Domo, or copy the DataSet as a file with Domo Writeback.',
	);
}

function bytesOf(rows: readonly Row[]): number {
	let bytes = 0;
	for (const row of rows) {
		bytes += itemBytes(row.length);
		for (const cell of row) bytes += cell?.length ?? 0;
	}
	return bytes;
}
