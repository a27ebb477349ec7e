import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { field } from '../../core/support/field';
import type { EarlierRuns } from '../../core/transfer/nameClaims';

/** Tells names apart, and is short: n8n saves it with the execution. */
const KEY_LENGTH = 16;

/** What earlier runs of this node in the same execution have written, as in a loop. n8n keeps it for as long as the execution lasts. */
export function earlierRunsOf(n8n: IExecuteFunctions): EarlierRuns {
	const context = n8n.getContext('node');
	const run = Number(context.runs ?? 0) + 1;
	context.runs = run;
	const written = (context.written ??= {});
	const keyOf = (name: string) => createHash('sha256').update(name).digest('base64url').slice(0, KEY_LENGTH);
	return {
		writerOf: (name) => {
			const found = field(written, keyOf(name));
			if (!Array.isArray(found)) return undefined;
			const [dataSetId, ...numbers]: unknown[] = found;
			const [writtenIn = 0, item = 0] = numbers.map(Number);
			// Of this run, the claims tell.
			return writtenIn === run ? undefined : { dataSetId: String(dataSetId), run: writtenIn, item };
		},
		note: (name, dataSetId, item) => {
			if (typeof written === 'object') Object.assign(written, { [keyOf(name)]: [dataSetId, run, item] });
		},
	};
}
