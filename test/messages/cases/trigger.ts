import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { chosen } from '../../nodes/DomoDataSetTrigger/n8n';
import { yields } from '../case';
import type { Stage } from '../stage/stage';
import { DATA_SETS } from '../stage/dataSets';

/** One message of the trigger, and its parameters; what a client sees by hand is what it sees when it polls. */
export interface TriggerCase {
	readonly says: string;
	readonly parameters: IDataObject;
	/** What the Domo credential holds instead of the sandbox's. */
	readonly domo?: ICredentialDataDecryptedObject;
}

export function triggerCases({ odd }: Pick<Stage, 'odd'>): readonly TriggerCase[] {
	const events = ['dataUpdated'];
	return [
		{ says: 'Events: none is chosen', parameters: { watch: 'name', events: yields([]) } },
		{ says: 'Owner: it is empty', parameters: { watch: 'owner', owner: yields(' '), events } },
		{ says: 'Watch: there is no such option', parameters: { watch: 'everything', events } },
		{ says: 'DataSets: none is chosen', parameters: { watch: 'dataSets', dataSets: {}, events } },
		{ says: 'This client sees no DataSet owned by', parameters: { watch: 'owner', owner: 'Nobody', events } },
		{
			says: 'This client sees no DataSet whose name contains',
			parameters: { watch: 'name', nameContains: 'no such name', events },
		},
		{ says: `DataSet ${DATA_SETS.absent.id} does not exist in Domo, or`, parameters: chosen([DATA_SETS.absent.id]) },
		{
			says: 'Domo does not let this client list DataSets',
			parameters: { watch: 'name', events },
			domo: odd.client('listForbidden'),
		},
	];
}
