import type { INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import { WritebackError } from '../../core/support/errors';

/** What an input item comes to that failed while the node goes on: n8n hands it to the error output, if there is one. `error` is what n8n shows of `fault`. */
export function failedItem(fault: unknown, error: NodeOperationError, item: number): INodeExecutionData {
	const reason = fault instanceof WritebackError ? fault.reason : 'unknown';
	// Only these keys, and no `error` beside `json`: n8n would keep nothing but the message.
	return {
		json: { error: error.message, details: { reason, hint: error.description ?? '' } },
		pairedItem: { item },
	};
}
