import type { IExecuteFunctions } from 'n8n-workflow';

import type { Redact } from '../../core/support/redact/redactor';
import type { Receipt, Skipped } from '../../core/transfer/receipt';
import type { Progress, TransferContext } from '../../core/transfer/writebackRequest';

/** How often a user who watches a manual run is told how far it is. */
const EDITOR_MS = 1000;

/** How often n8n's log is, for whoever wonders in the morning why a night's run took so long. */
const LOG_MS = 30_000;

export interface Reporter extends Pick<TransferContext, 'onProgress' | 'onRetry'> {
	/** Tells the log of each file that was written. */
	onWritten(receipt: Receipt | Skipped): void;
}

/** Tells a manual run's user, in the browser's console, and n8n's log how a writeback is going. */
export function createProgressReporter(
	n8n: IExecuteFunctions,
	item: number,
	redact: Redact = (text) => text,
): Reporter {
	const subject = `Domo Writeback, item ${item}`;
	const toEditor = every(EDITOR_MS, (text) => n8n.sendMessageToUI(`${subject}: ${text}`));
	const toLog = every(LOG_MS, (text) => n8n.logger.info(`${subject}: ${text}`));
	return {
		onProgress: (progress) => {
			const now = Date.now();
			toEditor(progress, now);
			toLog(progress, now);
		},
		onRetry: (fault, waitMs) => {
			n8n.logger.warn(`${subject}: trying again in ${Math.round(waitMs / 1000)} s. ${redact(fault.message)}`);
		},
		onWritten: (receipt) => {
			if (!('bytes' in receipt)) return;
			const { files, durationMs, bytesPerSecond, verification } = receipt;
			const pace = `in ${(durationMs / 1000).toFixed(1)} s, ${megabytes(bytesPerSecond)}/s`;
			for (const { target, bytes, rows } of files) {
				n8n.logger.info(`${subject}: wrote ${target} (${megabytes(bytes)}, ${inRows(rows)}, ${verification}, ${pace})`);
			}
		},
	};
}

/** Passes on no more than one report in so much time, with the rate since the last one. */
function every(ms: number, send: (text: string) => void): (progress: Progress, now: number) => void {
	let last = { at: Date.now(), bytes: 0 };
	return ({ bytes, rows, rowsExpected }, now) => {
		if (now - last.at < ms) return;
		// Another try starts from the first byte.
		const since = bytes < last.bytes ? bytes : bytes - last.bytes;
		const rate = (since * 1000) / (now - last.at);
		last = { at: now, bytes };
		send(`${megabytes(bytes)}, ${shareOfRows(rows, rowsExpected)}, ${megabytes(rate)}/s`);
	};
}

function shareOfRows(rows: number, rowsExpected: number | undefined): string {
	if (rowsExpected === undefined) return inRows(rows);
	const percent = rowsExpected === 0 ? 100 : Math.min(100, Math.floor((100 * rows) / rowsExpected));
	return `${counted(rows)} of ${inRows(rowsExpected)} (${percent} %)`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function inRows(rows: number): string {
	return `${counted(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function counted(rows: number): string {
	return rows.toLocaleString('en-US');
}
