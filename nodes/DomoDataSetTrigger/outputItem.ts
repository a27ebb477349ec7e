import type { INodeExecutionData } from 'n8n-workflow';

import type { Change, Times } from './changes/types';

/** What the workflow gets: the DataSet as Domo lists it, ready for Domo Writeback by `{{ $json.dataSetId }}`, and what happened to it. */
export function toOutputItem({ dataSet, events, change }: Change): INodeExecutionData {
	const { id, name, rows = null, columns = null, owner, pdpEnabled } = dataSet;
	const { data } = change;
	const { updatedAt, dataCurrentAt } = timesIn(data?.after ?? dataSet);
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
			change: structuredClone({
				...change,
				...(data && { data: { before: data.before && timesIn(data.before), after: timesIn(data.after) } }),
			}),
		},
	};
}

/** A time that Domo does not tell is null. */
function timesIn({ updatedAt, dataCurrentAt }: Times) {
	return { updatedAt: updatedAt || null, dataCurrentAt: dataCurrentAt || null };
}
