import { type DataSet, describeDataSet } from '../../../core/domo/dataSet';
import type { DomoRequest } from '../../../core/domo/request';
import { WritebackError } from '../../../core/support/errors';

/** Why a DataSet cannot be had. */
export type Absence = 'notFound' | 'forbidden';

/** One DataSet with its columns; undefined when it was deleted, or is not shared with this client. */
export async function findDataSet(request: DomoRequest, id: string): Promise<DataSet | undefined> {
	const found = await findOrSayWhyNot(request, id);
	return typeof found === 'string' ? undefined : found;
}

/** The same, which tells why there is none. */
export async function findOrSayWhyNot(request: DomoRequest, id: string): Promise<DataSet | Absence> {
	try {
		return await describeDataSet(request, id);
	} catch (fault) {
		if (!(fault instanceof WritebackError)) throw fault;
		if (fault.reason === 'dataSetNotFound') return 'notFound';
		if (fault.reason === 'dataSetForbidden') return 'forbidden';
		throw fault;
	}
}
