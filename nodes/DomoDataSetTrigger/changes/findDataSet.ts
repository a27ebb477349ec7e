import { type DataSet, describeDataSet } from '../../../core/domo/dataSet';
import type { DomoRequest } from '../../../core/domo/request';
import { WritebackError } from '../../../core/support/errors';

/** One DataSet with its columns; undefined when it was deleted, or is not shared with this client. */
export async function findDataSet(request: DomoRequest, id: string): Promise<DataSet | undefined> {
	try {
		return await describeDataSet(request, id);
	} catch (fault) {
		const isHidden =
			fault instanceof WritebackError && (fault.reason === 'dataSetNotFound' || fault.reason === 'dataSetForbidden');
		if (isHidden) return undefined;
		throw fault;
	}
}
