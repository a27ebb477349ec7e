import type { INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import { WritebackError } from '../../core/support/errors';

/** What an input item comes to that failed while the node goes on: n8n hands it to the error output, if there is one. `error` is what n8n shows of `fault`. */
export function failedItem(fault: unknown, error: NodeOperationError, item: number): INodeExecutionData {
	const reason = fault instanceof WritebackError ? fault.reason : 'unknown';
	const failed: INodeExecutionData = {
		json: { error: error.message, details: { reason, hint: error.description ?? '' } },
		pairedItem: { item },
	};
	// An older n8n, such as 2.20, takes an item with `details` for a good one, unless `error` is beside `json`. It must be lost in n8n's copy of the item, which else keeps nothing but the message.
	if (error.node.onError === 'continueErrorOutput') Object.defineProperty(failed, 'error', { value: error });
	return failed;
}
