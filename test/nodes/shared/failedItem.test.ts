import { type INode, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import { WritebackError } from '../../../core/support/errors';
import { failedItem } from '../../../nodes/shared/failedItem';

const FAULT = new WritebackError('dataSetNotFound', 'There is no such DataSet', { hint: 'Compare the ID.' });
const JSON_OF_IT = {
	error: 'There is no such DataSet',
	details: { reason: 'dataSetNotFound', hint: 'Compare the ID.' },
};

const failed = (onError: NonNullable<INode['onError']>): INodeExecutionData => {
	const node: INode = { id: 'a', name: 'A', type: 'a', typeVersion: 1, position: [0, 0], parameters: {}, onError };
	return failedItem(FAULT, new NodeOperationError(node, FAULT, { description: FAULT.hint }), 3);
};

/** How n8n 1 and 2.20 tell a failed item: by the only keys of `json`, or by an `error` beside it. */
function isFailedToOlderN8n({ error, json }: INodeExecutionData): boolean {
	const keys = Object.keys(json);
	return Boolean(error ?? (json.error && (keys.length === 1 || (json.message && keys.length === 2))));
}

/** What each n8n then puts out: a copy with the input item's `json` beneath, reduced to the message where the copy has an `error`. */
function putOut(item: INodeExecutionData, input: INodeExecutionData['json']): INodeExecutionData {
	const copy: INodeExecutionData = { ...item, json: { ...input, ...item.json } };
	return copy.error === undefined ? copy : { ...copy, json: { error: copy.error.message } };
}

test('a failed item goes to the error output of an older n8n, too, with its details', () => {
	const item = failed('continueErrorOutput');
	expect(isFailedToOlderN8n(item)).toBe(true);
	expect(putOut(item, { id: 1 })).toEqual({ json: { id: 1, ...JSON_OF_IT }, pairedItem: { item: 3 } });
});

test('without an error output a failed item has nothing that n8n would reduce it by', () => {
	const item = failed('continueRegularOutput');
	expect(item.error).toBeUndefined();
	expect(item).toEqual({ json: JSON_OF_IT, pairedItem: { item: 3 } });
});
