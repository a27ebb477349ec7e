import type { Choice } from './types';
import type { DataSet } from '../../../core/domo/dataSet';
import { noDataSetsError } from '../../../core/domo/dataSetList';
import { hasNoOwner } from '../../../core/domo/owner';
import { WritebackError } from '../../../core/support/errors';

/** Throws when what was chosen leads to no DataSet: an ID that is unknown, or an owner or a name that none has. Later, such DataSets count as deleted. */
export function refuseUnknown(choice: Choice, watched: readonly DataSet[], listed: readonly DataSet[]): void {
	if (choice.kind !== 'dataSets') {
		if (watched.length === 0) throw noneFound(choice, listed);
		return;
	}
	const ids = new Set(watched.map(({ id }) => id));
	const unknown = [...choice.ids].find((id) => !ids.has(id));
	if (unknown !== undefined) throw unknownId(unknown);
}

export function unknownId(id: string): WritebackError {
	return new WritebackError(
		'dataSetNotFound',
		`DataSet ${id} does not exist in Domo, or is not shared with this client`,
		{
			hint: 'Open the DataSet in Domo, compare its ID with what follows "datasources/" in the address, and share it with the user of the Domo client.',
		},
	);
}

/** No DataSet of an owner, or with such a name, among those that Domo listed. */
export function noneFound(
	choice: Exclude<Choice, { readonly kind: 'dataSets' }>,
	listed: readonly DataSet[],
): WritebackError {
	if (choice.kind === 'owner' && listed.length > 0 && listed.every(hasNoOwner)) {
		return new WritebackError('dataSetNotFound', `Domo lists ${listed.length} DataSets, but not who owns them`, {
			hint: "Set 'Watch' to All Whose Name Contains a Text or to Chosen DataSets: with All of an Owner, this trigger would never start.",
		});
	}
	if (choice.kind === 'name' && choice.contains === '') {
		return noDataSetsError();
	}
	const [whose, label] =
		choice.kind === 'name'
			? [`whose name contains "${choice.contains}"`, 'Name Contains']
			: [`owned by "${choice.owner}"`, 'Owner'];
	return new WritebackError('dataSetNotFound', `This client sees no DataSet ${whose}`, {
		hint: `Compare '${label}' with what Domo shows on the page of the DataSet, and share the DataSet with the user of the Domo client. At least one must exist when the workflow is published. DataSets that match later are watched, too.`,
	});
}
