import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { askDomo } from '../DomoWriteback/askDomo';
import { field } from '../DomoWriteback/field';
import { nodeError } from '../DomoWriteback/nodeError';
import { itemOf } from './item';
import { look, type Wish } from './look';
import { sample } from './sample';
import { readSecrets, readWish } from './settings';
import { packState, revisionOf, unpackState } from './state';

/** Under this name the state lies in the static data of the node. */
const STATE = 'watched';

/** The items of one poll; null when nothing changed. Rejects with what n8n shows; the state is then as it was. */
export async function pollDomo(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const wish = await readWish(n8n);
		if (n8n.getMode() !== 'manual') return await pollOnce(n8n, wish);
		return [[itemOf(await sample(await askDomo(n8n), wish))]];
	} catch (fault) {
		const secrets = await readSecrets(n8n).catch(() => []);
		throw nodeError(n8n.getNode(), fault, 0, secrets);
	}
}

async function pollOnce(n8n: IPollFunctions, wish: Wish): Promise<INodeExecutionData[][] | null> {
	const kept = n8n.getWorkflowStaticData('node');
	const revision = revisionOf(kept[STATE]);
	const before = unpackState(kept[STATE]);
	if (before === undefined && kept[STATE] !== undefined) {
		n8n.logger.warn('Domo DataSet Trigger: what the last poll left cannot be read; this poll counts as the first');
	}
	const { changes, next, lost } = await look(await askDomo(n8n), wish, before);
	// n8n starts a poll even while one is running: what overtook this one has told of the same changes.
	if (revisionOf(kept[STATE]) !== revision) return null;
	for (const id of lost) {
		n8n.logger.warn(
			`Domo DataSet Trigger: DataSet ${id} was deleted in Domo or is not shared any more; it stays watched`,
		);
	}
	keep(kept, packState(next, revision + 1));
	return changes.length === 0 ? null : [changes.map(itemOf)];
}

/** n8n stores what is assigned; what is as before is not stored again. */
function keep(kept: IDataObject, state: ReturnType<typeof packState>): void {
	if (field(kept[STATE], 'packed') !== state.packed) kept[STATE] = { ...state };
}
