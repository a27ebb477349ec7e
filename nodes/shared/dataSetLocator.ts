import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { DATA_SET_ID, isDataSetId } from '../../core/domo/dataSetId';
import { COPY_ID } from '../../core/domo/hintTexts';
import { invalidParameter } from '../../core/support/errors';

/** An address inside another one, e.g. behind a login page, has its slashes encoded. */
const IN_ADDRESS = new RegExp(`datasources(?:/|%2F)(${DATA_SET_ID})(?![0-9a-f-])`, 'i');

/** Reads an ID, an address of Domo's web pages that holds one, or a choice from the list. Throws `setting`. */
export function readDataSetId(value: unknown): string {
	const text = locatorText(value).trim();
	// Other GUIDs, e.g. of a page or a tenant, may stand in front of it.
	const guid = IN_ADDRESS.exec(text)?.[1] ?? (isDataSetId(text) ? text : undefined);
	if (guid !== undefined) return guid.toLowerCase();
	throw invalidParameter('Input DataSet ID', text === '' ? 'it is empty' : 'this is not the ID of a DataSet', COPY_ID);
}

/** What a resource locator holds, or plain text from an expression. */
export function locatorText(value: unknown): string {
	return isLocator(value) ? String(value.value ?? '') : String(value ?? '');
}

function isLocator(value: unknown): value is INodeParameterResourceLocator {
	return typeof value === 'object' && value !== null && '__rl' in value;
}
