import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { domoRequest } from '../shared/domoRequest';
import { nodeError } from '../shared/nodeError';
import { detectChanges } from './changes/detectChanges';
import { sampleChange } from './changes/sampleChange';
import type { PollOptions } from './changes/types';
import { toOutputItem } from './outputItem';
import { openStore } from './pollStore';
import { readPollOptions } from './readParameters';
import { type Redactor, createRedactor } from '../../core/support/redact/redactor';

/** The items of one poll; null when nothing changed. Rejects with what n8n shows; the state is then as it was. */
export async function poll(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const redactor = createRedactor();
	try {
		const options = await readPollOptions(n8n);
		if (n8n.getMode() !== 'manual') return await pollOnce(n8n, options, redactor);
		return [[toOutputItem(await sampleChange(await domoRequest(n8n, redactor), options))]];
	} catch (fault) {
		throw nodeError(n8n.getNode(), fault, 0, redactor);
	}
}

async function pollOnce(
	n8n: IPollFunctions,
	options: PollOptions,
	redactor: Redactor,
): Promise<INodeExecutionData[][] | null> {
	const store = openStore(n8n, options.scope);
	const warn = (text: string) => n8n.logger.warn(`Domo DataSet Trigger: ${redactor.finished(text)}`);
	if (store.isUnreadable) warn("the state of the last poll can't be read; this poll counts as the first");
	const { changes, next, warnings } = await detectChanges(await domoRequest(n8n, redactor), options, store.before);
	// n8n starts a poll even while one is running: what overtook this one has told of the same changes.
	if (store.isOvertaken()) return null;
	for (const text of warnings) warn(text);
	store.keep(next, changes.length > 0);
	return changes.length === 0 ? null : [changes.map(toOutputItem)];
}
