import type { IDataObject } from 'n8n-workflow';

import type { DataSet } from '../../../core/domo/dataSet';

/** What Domo says of a DataSet, in the words of the other Domo nodes. What it does not tell is null. */
export function dataSetJson(dataSet: DataSet): IDataObject {
	const { id, name, description = null, rows = null, columns = null, createdAt = null, owner, pdpEnabled } = dataSet;
	return {
		dataSetId: id,
		dataSetName: name,
		description,
		rows,
		columns,
		owner: { ...owner },
		pdpEnabled,
		createdAt,
		updatedAt: dataSet.updatedAt || null,
		dataCurrentAt: dataSet.dataCurrentAt || null,
	};
}

/** The columns in the order of the DataSet. */
export function schemaJson({ schema }: Pick<DataSet, 'schema'>): IDataObject[] {
	return schema.map(({ name, type }) => ({ name, type }));
}
