import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { askDomo } from '../shared/domoRequest';
import { nodeError } from '../shared/nodeError';
import { look } from './changes/detectChanges';
import { sample } from './changes/sampleChange';
import type { Wish } from './changes/types';
import { itemOf } from './outputItem';
import { openStore } from './pollStore';
import { readWish } from './readParameters';
import { type Redactor, redactorOf } from '../../core/support/redact/redactor';

/** The items of one poll; null when nothing changed. Rejects with what n8n shows; the state is then as it was. */
export async function pollDomo(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const redactor = redactorOf();
	try {
		const wish = await readWish(n8n);
		if (n8n.getMode() !== 'manual') return await pollOnce(n8n, wish, redactor);
		return [[itemOf(await sample(await askDomo(n8n, redactor), wish))]];
	} catch (fault) {
		throw nodeError(n8n.getNode(), fault, 0, redactor);
	}
}

async function pollOnce(n8n: IPollFunctions, wish: Wish, redactor: Redactor): Promise<INodeExecutionData[][] | null> {
	const store = openStore(n8n, wish.scope);
	const warn = (text: string) => n8n.logger.warn(`Domo DataSet Trigger: ${redactor.finished(text)}`);
	if (store.isUnreadable) warn('what the last poll left cannot be read; this poll counts as the first');
	const { changes, next, warnings } = await look(await askDomo(n8n, redactor), wish, store.before);
	// n8n starts a poll even while one is running: what overtook this one has told of the same changes.
	if (store.isOvertaken()) return null;
	for (const text of warnings) warn(text);
	store.keep(next);
	return changes.length === 0 ? null : [changes.map(itemOf)];
}
