import type { IDataObject, INode } from 'n8n-workflow';
import { detectChanges } from '../../../nodes/DomoDataSetTrigger/changes/detectChanges';
import { openStore } from '../../../nodes/DomoDataSetTrigger/pollStore';
import type { Change, PollOptions } from '../../../nodes/DomoDataSetTrigger/changes/types';
import { happen, type Step } from './history';
import type { World } from './world';

/** More than 40 DataSets need whose columns are read three at a time, every other poll. */
const MOST_POLLS = 60;

const NODE: INode = { id: 'trigger', name: 'A', type: 'trigger', typeVersion: 1, position: [0, 0], parameters: {} };

/** A trigger as n8n runs it: what n8n keeps for the workflow in memory, and what it has stored of that as text. */
export class Runner {
	readonly fired: Change[][] = [];
	readonly requests: number[] = [];
	private memory: Record<string, IDataObject> = {};
	private stored = '{}';
	private name = NODE.name;
	/** No poll has succeeded yet. */
	isFirst = true;
	private isBusy = false;

	/** Without `durable`, n8n stores only what the first poll and those left that started the workflow, as it does unless told otherwise. */
	constructor(
		private readonly world: World,
		private readonly wish: PollOptions,
		private readonly durable: boolean,
		private readonly mostRequests = 22,
	) {}

	async step(step: Step): Promise<void> {
		if (step.kind === 'deed') happen(this.world, step.deed);
		else if (step.kind === 'poll') await this.poll(step);
		else {
			this.memory = JSON.parse(this.stored);
			if (step.kind === 'renameNode') this.name = step.name;
		}
	}

	/** Polls until there is nothing left to do, while nothing happens in Domo. */
	async settle(): Promise<void> {
		const quiet: Step & { kind: 'poll' } = { kind: 'poll', during: [] };
		// Of two polls in a row at least one has listed.
		for (let calm = 0, polls = 0; calm < 2; calm = this.isBusy ? 0 : calm + 1) {
			if (++polls > MOST_POLLS) throw new Error('The trigger never comes to rest');
			await this.poll(quiet);
		}
	}

	private async poll({ during, failAt }: Step & { kind: 'poll' }): Promise<void> {
		this.world.requests = 0;
		this.world.beforeRequest = (number) => {
			for (const { at, deed } of during) if (at === number) happen(this.world, deed);
			if (number === failAt) throw new Error('Domo cannot be reached');
		};
		const store = openStore(this, this.wish.scope);
		const found = await detectChanges(this.world.ask, this.wish, store.before, this.mostRequests).catch(
			() => undefined,
		);
		this.world.beforeRequest = () => undefined;
		if (found === undefined) return;
		this.requests.push(this.world.requests);
		this.isBusy =
			found.next.schemaPollPending || [...found.next.states.values()].some(({ stale, gone }) => stale && !gone);
		store.keep(found.next, found.changes.length > 0);
		this.memory = JSON.parse(JSON.stringify(this.memory));
		if (this.durable || this.isFirst || found.changes.length > 0) this.stored = JSON.stringify(this.memory);
		this.isFirst = false;
		if (found.changes.length > 0) this.fired.push([...found.changes]);
	}

	readonly getNode = (): INode => ({ ...NODE, name: this.name });

	/** As n8n does: what belongs to a node is kept by its name. */
	readonly getWorkflowStaticData = (type: string): IDataObject =>
		(this.memory[type === 'global' ? type : `node:${this.name}`] ??= {});
}
