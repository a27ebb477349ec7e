import type { IExecuteFunctions } from 'n8n-workflow';

const KEY = 'dataSetId';

/** n8n complains of longer values and cuts them later (n8n-core, execution-metadata); six DataSets have room. */
const MOST_CHARACTERS = 255;

/**
 * Lets n8n's list of executions be searched for a DataSet, failed ones included: adds it to what n8n calls highlighted or custom data.
 * Takes one of the ten keys that an execution has, and keeps what others have put there. Older n8n has no such place for nodes.
 */
export function tagExecution(n8n: IExecuteFunctions, dataSetId: string): void {
	const customData: IExecuteFunctions['customData'] | undefined = n8n.customData;
	if (customData === undefined) return;
	const before: string | undefined = customData.get(KEY);
	if (before?.includes(dataSetId)) return;
	const all = before === undefined ? dataSetId : `${before}, ${dataSetId}`;
	if (all.length <= MOST_CHARACTERS) customData.set(KEY, all);
}
