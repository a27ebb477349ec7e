import type { IExecuteFunctions } from 'n8n-workflow';

import type { Surroundings } from './request';

/** How often a manual run tells how far it is. */
const EVERY_MS = 1000;

/** Tells a manual run's user, and n8n's log, how a writeback is going. */
export function progressOf(n8n: IExecuteFunctions, item: number): Pick<Surroundings, 'onProgress' | 'onRetry'> {
	let toldAt = Date.now();
	return {
		onProgress: ({ bytes, rows, rowsExpected }) => {
			if (Date.now() - toldAt < EVERY_MS) return;
			toldAt = Date.now();
			const megabytes = (bytes / 1_000_000).toFixed(1);
			n8n.sendMessageToUI(`Domo Writeback, item ${item}: ${megabytes} MB, ${share(rows, rowsExpected)}`);
		},
		onRetry: (fault, waitMs) => {
			n8n.logger.warn(`Domo Writeback tries item ${item} again in ${Math.round(waitMs / 1000)} s: ${fault.message}`);
		},
	};
}

function share(rows: number, rowsExpected: number | undefined): string {
	if (rowsExpected === undefined) return `${rows} rows`;
	const percent = rowsExpected === 0 ? 100 : Math.min(100, Math.floor((100 * rows) / rowsExpected));
	return `${rows} of ${rowsExpected} rows (${percent} %)`;
}
