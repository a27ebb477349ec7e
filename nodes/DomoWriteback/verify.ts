import type { DataSet } from './domo/dataSet';
import { WritebackError } from './errors';
import type { Tally } from './format/tally';

/** The rows a file is held against and, when they differ for a good reason, that reason. */
export interface RowVerdict {
	readonly rowsExpected: number;
	readonly note?: string;
}

/** Throws `incomplete` unless the destination holds exactly what was sent. */
export function checkBytes(sent: number, held: number): void {
	if (sent === held) return;
	throw new WritebackError('incomplete', `Sent ${sent} bytes, but the destination holds ${held}`, {
		hint: "Nothing was published; run it again. If it stays, ask the server's administrator about quotas and proxies.",
	});
}

/**
 * Holds the counted rows against what Domo lists. A DataSet that was refreshed in between, or whose rows are limited by PDP for this
 * client, explains a difference; anything else throws `rowsDiffer`. `again` asks Domo once more and is called only when the counts differ.
 */
export async function checkRows(before: DataSet, tally: Tally, again: () => Promise<DataSet>): Promise<RowVerdict> {
	if (tally.rows === before.rows) return { rowsExpected: before.rows };
	const after = await again();
	if (tally.rows === after.rows) return { rowsExpected: after.rows };
	const sent = `Domo lists ${after.rows} rows and sent ${tally.rows}`;
	if (
		after.updatedAt !== before.updatedAt ||
		after.dataCurrentAt !== before.dataCurrentAt ||
		after.rows !== before.rows
	) {
		return { rowsExpected: after.rows, note: `${sent}: the DataSet was refreshed during the export.` };
	}
	if (after.pdpEnabled && tally.rows < after.rows) {
		return {
			rowsExpected: after.rows,
			note: `${sent}: PDP is on for this DataSet, so this client may see only some of its rows.`,
		};
	}
	throw new WritebackError('rowsDiffer', sent, {
		hint: 'The export was cut short or the DataSet is being refreshed. Nothing was published; run it again, and tell Domo Support if it stays.',
	});
}
