import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { byId } from '../../nodes/DomoWriteback/execution';
import { yields } from '../case';
import { DATA_SETS, TWINS } from '../stage/dataSets';
import type { Stage } from '../stage/stage';

/** One message of the node Domo, and its parameters. */
export interface DomoCase {
	readonly says: string;
	readonly parameters: IDataObject;
	/** What the Domo credential holds instead of the sandbox's. */
	readonly domo?: ICredentialDataDecryptedObject;
}

const list = (more: IDataObject) => ({ operation: 'getMany', ...more });
const rowsOf = (id: string, more: IDataObject = {}) => ({ operation: 'getRows', dataSet: byId(id), ...more });
const queryOf = (sql: string) => ({ operation: 'query', dataSet: byId(DATA_SETS.plain.id), sql });

export function domoNodeCases({ odd }: Pick<Stage, 'odd'>): readonly DomoCase[] {
	const bare = odd.client('bareList');
	return [
		{ says: 'Operation: there is no such operation', parameters: { operation: yields('drop') } },
		{ says: 'Limit: it must be a whole number', parameters: list({ limit: yields(0) }) },
		{ says: "Updated After: this isn't a date", parameters: list({ filters: { updatedAfter: yields('soon') } }) },
		...Object.entries({ nameContains: 'Name Contains', owner: 'Owner', updatedAfter: 'Updated After' }).map(
			([filter, label]) => ({
				says: `${label}: its expression returns nothing`,
				parameters: list({ filters: { [filter]: yields(null) } }),
			}),
		),
		{
			says: 'Updated After: Domo does not list when',
			parameters: list({ filters: { updatedAfter: '2026-01-01' } }),
			domo: bare,
		},
		{ says: 'Owner: Domo does not list who owns', parameters: list({ filters: { owner: 'Ann' } }), domo: bare },
		{ says: 'Domo does not let this client list DataSets', parameters: list({}), domo: odd.client('listForbidden') },
		{ says: 'Input DataSet ID: two columns of the DataSet', parameters: rowsOf(TWINS.id) },
		{
			says: 'Domo lists 1 rows and sent 0',
			parameters: rowsOf(DATA_SETS.short.id, { returnAll: true }),
		},
		{ says: 'SQL: it is empty', parameters: queryOf(yields(' ')) },
		{ says: 'SQL: Domo does not run this query (status 400)', parameters: queryOf('DROP TABLE table') },
		{ says: 'SQL: two columns of the result', parameters: queryOf('SELECT a, b AS a FROM table') },
	];
}
