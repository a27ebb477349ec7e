import { look, type Wish } from '../../nodes/DomoDataSetTrigger/look';
import { packState, unpackState } from '../../nodes/DomoDataSetTrigger/state';
import type { Change } from '../../nodes/DomoDataSetTrigger/change';
import { happen, type Step } from './history';
import type { World } from './world';

/** More than 40 DataSets need whose columns are read three at a time, every other poll. */
const MOST_POLLS = 60;

/** A trigger as n8n runs it: its state in memory, and what n8n has stored of it as text. */
export class Runner {
	readonly fired: Change[][] = [];
	readonly requests: number[] = [];
	private memory: string | undefined;
	private stored: string | undefined;
	private revision = 0;
	private isBusy = false;

	/** Without `durable`, n8n stores only what the first poll and those left that started the workflow, as it does unless told otherwise. */
	constructor(
		private readonly world: World,
		private readonly wish: Wish,
		private readonly durable: boolean,
		private readonly mostRequests = 21,
	) {}

	async step(step: Step): Promise<void> {
		if (step.kind === 'deed') happen(this.world, step.deed);
		else if (step.kind === 'restart') this.memory = this.stored;
		else await this.poll(step);
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
		const before = this.memory === undefined ? undefined : unpackState(JSON.parse(this.memory));
		const found = await look(this.world.ask, this.wish, before, this.mostRequests).catch(() => undefined);
		this.world.beforeRequest = () => undefined;
		if (found === undefined) return;
		this.requests.push(this.world.requests);
		this.isBusy = found.next.columnsNext || [...found.next.seen.values()].some(({ stale, gone }) => stale && !gone);
		const isFirst = this.memory === undefined;
		this.memory = JSON.stringify(packState(found.next, ++this.revision));
		if (this.durable || isFirst || found.changes.length > 0) this.stored = this.memory;
		if (found.changes.length > 0) this.fired.push([...found.changes]);
	}
}
