import { types } from 'node:util';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Snapshot } from './changes/snapshot';
import { packState, revisionOf, unpackState } from './changes/snapshotState';
import { field } from '../../core/support/field';

/** Under this name the state lies in the static data of the node. */
const STATE = 'watched';

/** Under this and the node's ID it also lies in the static data of the workflow. */
const BY_ID = 'domoDataSetTrigger:';

/** Nodes that are deleted leave their state behind; one that is dropped and still there has its state by name. */
const MOST_OTHERS = 20;

export interface Store {
	/** What the last poll left; undefined when there is nothing that can be read. */
	readonly before: Snapshot | undefined;
	/** Something is there, and cannot be read. */
	readonly isUnreadable: boolean;
	/** Whether another poll has kept its snapshot since the store was opened. */
	isOvertaken(): boolean;
	/** Keeps what this poll has seen, and whether it reports any of it. */
	keep(next: Snapshot, isReported: boolean): void;
}

/**
 * The state of one trigger node. n8n keeps what is "of a node" by the node's name, so a new name would be a new beginning:
 * the state is kept a second time by the node's ID, which an editor never changes. A node that was pasted has another ID and
 * maybe its old name, so the name counts where the ID leads nowhere. With durable cursors, n8n keeps the state by ID and commits or refuses
 * each poll's: a second one of a poll that reports would tell the next poll that a change was reported whose commit was refused. The one of a
 * poll that reports nothing is needed: n8n doesn't commit the first state, which a workflow gets when it is published.
 */
export function openStore(n8n: Pick<IPollFunctions, 'getNode' | 'getWorkflowStaticData'>, scope: string): Store {
	const { id } = n8n.getNode();
	const ofNode = n8n.getWorkflowStaticData('node');
	const ofWorkflow = n8n.getWorkflowStaticData('global');
	const key = `${BY_ID}${id}`;
	const isDurable = isCopy(ofNode, ofWorkflow);
	const opened = [ofNode[STATE], ofWorkflow[key]] as const;
	const revision = () => Math.max(revisionOf(ofNode[STATE]), revisionOf(ofWorkflow[key]));
	const atFirst = revision();
	const keptAtFirst = timesKept(ofWorkflow, key);
	const before = latestOf(opened, id, scope);
	return {
		before,
		isUnreadable: before === undefined && opened.some((state) => state !== undefined),
		isOvertaken: () => revision() !== atFirst || timesKept(ofWorkflow, key) !== keptAtFirst,
		keep: (next, isReported) => {
			const state = { ...packState(next, atFirst + 1), nodeId: id };
			if (isDurable) {
				if (isSame(ofNode[STATE], state) && revisionOf(ofNode[STATE]) === atFirst) return;
				ofNode[STATE] = { ...state };
				countKept(ofWorkflow, key);
				if (id && !isReported) keepById(ofWorkflow, key, state);
				return;
			}
			if (isSame(ofNode[STATE], state) && (!id || isSame(ofWorkflow[key], state))) return;
			// Both, so that nothing left under an earlier name is as new as what is kept by ID.
			ofNode[STATE] = { ...state };
			if (id) keepById(ofWorkflow, key, state);
		},
	};
}

/** With durable cursors, n8n hands out a copy of what it keeps of the node, and commits it by itself; else it watches what is assigned. */
function isCopy(ofNode: IDataObject, ofWorkflow: IDataObject): boolean {
	return types.isProxy(ofWorkflow) && !types.isProxy(ofNode);
}

/** How often polls kept a durable state, by the static data of their workflow: those that overlap have no other data in common. */
const kept = new WeakMap<IDataObject, Map<string, number>>();

function timesKept(ofWorkflow: IDataObject, key: string): number {
	return kept.get(ofWorkflow)?.get(key) ?? 0;
}

function countKept(ofWorkflow: IDataObject, key: string): void {
	const times = kept.get(ofWorkflow) ?? new Map<string, number>();
	kept.set(ofWorkflow, times.set(key, (times.get(key) ?? 0) + 1));
}

function latestOf([byName, byId]: readonly [unknown, unknown], id: string, scope: string): Snapshot | undefined {
	const owner = field(byName, 'nodeId');
	const isOwn = owner === undefined || owner === id;
	const isNewer = revisionOf(byId) > revisionOf(byName);
	const named = unpackState(byName);
	if (named !== undefined && isOwn && !isNewer) return named;
	const own = unpackState(byId);
	// The name was another node's before this one got it.
	if (own === undefined || named === undefined || !isOwn) return own ?? named;
	// A node that got its old name back finds what it left under it. Two nodes of one ID, which only a hand can write, watch different things.
	return own.scope === scope ? own : named;
}

/** n8n stores what is assigned; what is as before is not stored again. */
function isSame(kept: unknown, state: IDataObject): boolean {
	return field(kept, 'packed') === state.packed && field(kept, 'nodeId') === state.nodeId;
}

/** At the end, so that the first are those that were left longest. */
function keepById(ofWorkflow: IDataObject, key: string, state: IDataObject): void {
	delete ofWorkflow[key];
	ofWorkflow[key] = { ...state };
	const others = Object.keys(ofWorkflow).filter((name) => name.startsWith(BY_ID) && name !== key);
	for (const name of others.slice(0, -MOST_OTHERS)) delete ofWorkflow[name];
}
