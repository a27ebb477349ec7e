import type { INodeExecutionData } from 'n8n-workflow';

import type { Change } from './change';

/** What the workflow gets: the DataSet as Domo lists it, ready for Domo Writeback by `{{ $json.dataSetId }}`, and what happened to it. */
export function itemOf({ dataSet, events, change }: Change): INodeExecutionData {
	const { id, name, rows = null, columns, updatedAt, dataCurrentAt, owner, pdpEnabled } = dataSet;
	return {
		json: {
			events: [...events],
			dataSetId: id,
			dataSetName: name,
			rows,
			columns,
			updatedAt,
			dataCurrentAt,
			owner: { ...owner },
			pdpEnabled,
			change: structuredClone({ ...change }),
		},
	};
}
