import type { IPollFunctions } from 'n8n-workflow';

import { readDataSetId } from '../shared/dataSetLocator';
import { optionsOf } from '../shared/optionsReader';
import { EVENTS } from './changes/events';
import type { Choice, PollOptions } from './changes/types';
import { invalidParameter } from '../../core/support/errors';

/** What the user watches. The only place that knows the names of the parameters. Throws `setting` for the first that cannot work. */
export async function readPollOptions(n8n: IPollFunctions): Promise<PollOptions> {
	const choice = readChoice(n8n);
	const options = optionsOf(n8n.getNodeParameter('options', {}), 'Options');
	const { domoClientApi } = n8n.getNode().credentials ?? {};
	const { apiHost } = await n8n.getCredentials<{ apiHost?: string }>('domoClientApi');
	return {
		choice,
		events: readEvents(n8n.getNodeParameter('events', [])),
		emitOnFirstPoll: options.flag('emitOnFirstPoll', 'Emit on First Poll', false),
		// Another client may see other DataSets, and another host has none of these.
		scope: JSON.stringify([told(choice), domoClientApi?.id ?? null, String(apiHost ?? '').trim()]),
	};
}

function readEvents(value: unknown) {
	const chosen: readonly unknown[] = Array.isArray(value) ? value : [value];
	const events = EVENTS.filter((event) => chosen.includes(event));
	if (events.length > 0) return events;
	throw invalidParameter('Events', 'none is chosen', 'Choose at least one, e.g. Data Updated (dataUpdated).');
}

function readChoice(n8n: IPollFunctions): Choice {
	const text = (name: string) => String(n8n.getNodeParameter(name, '') ?? '').trim();
	switch (n8n.getNodeParameter('watch')) {
		case 'dataSets':
			return { kind: 'dataSets', ids: readIds(n8n.getNodeParameter('dataSets', {})) };
		case 'name':
			return { kind: 'name', contains: text('nameContains') };
		case 'owner':
			if (text('owner') !== '') return { kind: 'owner', owner: text('owner') };
			throw invalidParameter(
				'Owner',
				'it is empty',
				"Enter the owner's name as Domo shows it, e.g. Sales Team, or the owner's ID.",
			);
		default:
			throw invalidParameter(
				'Watch',
				'there is no such option',
				'Choose Chosen DataSets (dataSets), All Whose Name Contains a Text (name) or All of an Owner (owner).',
			);
	}
}

function readIds(collection: unknown): ReadonlySet<string> {
	const picked = optionsOf({ dataSets: collection }, 'DataSets').entries('dataSets', 'dataSet', 'DataSets');
	if (picked.length === 0) throw invalidParameter('DataSets', 'none is chosen', 'Add at least one DataSet.');
	return new Set(picked.map((entry) => readDataSetId(entry.value('dataSet'))));
}

function told(choice: Choice): readonly string[] {
	switch (choice.kind) {
		case 'dataSets':
			return [choice.kind, ...[...choice.ids].sort()];
		case 'name':
			return [choice.kind, choice.contains.toLowerCase()];
		case 'owner':
			return [choice.kind, choice.owner.toLowerCase()];
	}
}
