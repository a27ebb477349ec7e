import type { IDisplayOptions } from 'n8n-workflow';

/** Shows a field for these operations of DataSet. */
export function showFor(...operations: readonly string[]): IDisplayOptions {
	return { show: { resource: ['dataSet'], operation: [...operations] } };
}
