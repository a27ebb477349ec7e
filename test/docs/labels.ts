import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../credentials/SftpWritebackApi.credentials';
import { Domo } from '../../nodes/Domo/Domo.node';
import { DomoDataSetTrigger } from '../../nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';

export const NODES = [new DomoWriteback().description, new DomoDataSetTrigger().description, new Domo().description];
export const CREDENTIALS = [new DomoClientApi(), new SftpWritebackApi(), new AzureBlobSasApi()];

type Inner = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** A field a user sees, and what it stands in: `['Publishing', 'If Exists']`. */
export interface Field {
	readonly path: readonly string[];
	readonly property: INodeProperties;
}

/** Every field of these properties, those inside collections, too. */
export function fieldsOf(properties: readonly INodeProperties[], above: readonly string[] = []): Field[] {
	return properties.filter(isSeen).flatMap((property) => {
		const path = [...above, property.displayName];
		return [{ path, property }, ...fieldsOf(innerOf(property), path)];
	});
}

/** n8n's own sentences between fields are no labels. */
function isSeen({ type }: INodeProperties): boolean {
	return type !== 'hidden' && type !== 'notice';
}

function innerOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((inner: Inner) => ('values' in inner ? inner.values : 'type' in inner ? [inner] : []));
}

/** The names of a field's choices; n8n writes the list of a resource locator its own way. */
export function choicesOf({ type, options = [], modes = [] }: INodeProperties): string[] {
	if (type !== 'options' && type !== 'multiOptions' && modes.length === 0) return [];
	const locator = modes.map((mode) => (mode.type === 'list' ? 'From list' : mode.displayName));
	return [...options.map((option) => ('name' in option ? option.name : '')), ...locator];
}

export const FIELDS: readonly Field[] = [...NODES, ...CREDENTIALS].flatMap(({ properties }) => fieldsOf(properties));

/** Everything that the editor calls something in these nodes and credentials. */
export const LABELS: ReadonlySet<string> = new Set([
	...NODES.flatMap(({ displayName, credentials = [] }) => [
		displayName,
		...credentials.map((of) => of.displayName ?? ''),
	]),
	...CREDENTIALS.map(({ displayName }) => displayName),
	...FIELDS.flatMap(({ path, property }) => [...path, ...choicesOf(property)]),
]);
