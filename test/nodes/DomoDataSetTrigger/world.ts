import { Readable } from 'node:stream';
import type { Column } from '../../../core/domo/schema';
import type { DomoRequest } from '../../../core/domo/request';

/** One state of a DataSet's data; no two of a DataSet have the same times. */
export interface Version {
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	readonly rows: number;
	readonly schema: readonly Column[];
}

export interface Thing {
	readonly id: string;
	name: string;
	owner: string;
	visible: boolean;
	readonly versions: Version[];
}

/** Which answer of Domo's carries a DataSet. */
export type Answer = 'list' | 'details';

/** What an answer may leave out; which of them depends on the answer. */
export const OMISSIBLE = ['updatedAt', 'dataCurrentAt', 'rows', 'columns', 'schema', 'owner'] as const;

export type Omissible = (typeof OMISSIBLE)[number];

/** How one answer differs from the full one. */
export interface Manner {
	readonly omits: readonly Omissible[];
	/** Times without milliseconds. */
	readonly wholeSeconds: boolean;
}

export const IN_FULL: Manner = { omits: [], wholeSeconds: false };

/** Domo as one client sees it, in memory: lists by ID, a few to a page, and changes whenever it is told to, also between two requests. */
export class World {
	readonly things: Thing[] = [];
	requests = 0;
	/** Called before each request; throws to let it fail. */
	beforeRequest: (number: number) => void = () => undefined;
	/** Asked for each DataSet of each answer. */
	manner: (answer: Answer) => Manner = () => IN_FULL;
	private seconds = 1_700_000_000;

	constructor(private readonly pageSize = 5) {}

	create(key: number, name: string, owner: string, rows: number): void {
		// New ones land anywhere among the others.
		const digits = ((key * 7919 + this.things.length * 104_729) % 0xffff).toString(16).padStart(4, '0');
		const id = `${digits}${String(this.things.length).padStart(4, '0')}-0000-4000-a000-000000000000`;
		const times = this.times([]);
		const schema: Column[] = [{ name: 'id', type: 'LONG' }];
		this.things.push({ id, name, owner, visible: true, versions: [{ ...times, rows, schema }] });
	}

	change(thing: Thing, change: Partial<Pick<Version, 'rows' | 'schema'>>): void {
		thing.versions.push({ ...latest(thing), ...this.times(thing.versions), ...change });
	}

	/** Domo's clock goes on from somewhere else, maybe from the past. */
	jump(seconds: number): void {
		this.seconds += seconds;
	}

	readonly ask: DomoRequest = async ({ path, query }) => {
		this.requests++;
		this.beforeRequest(this.requests);
		const [, id] = /datasets\/(.+)$/.exec(path) ?? [];
		const found = id === undefined ? this.page(query) : this.one(id);
		const status = found === undefined ? 404 : 200;
		return { status, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(found ?? {}))]) };
	};

	private page({ offset, limit, nameLike = '' }: Readonly<Record<string, string | number | boolean>>): object[] {
		const from = Number(offset);
		const wanted = String(nameLike).toLowerCase();
		return this.things
			.filter(({ visible, name }) => visible && name.toLowerCase().includes(wanted))
			.sort((one, other) => (one.id < other.id ? -1 : 1))
			.slice(from, from + Math.min(Number(limit), this.pageSize))
			.map((thing) => told(thing, this.manner('list')));
	}

	private one(id: string): object | undefined {
		const thing = this.things.find((one) => one.id === id && one.visible);
		return thing && told(thing, this.manner('details'), { columns: latest(thing).schema });
	}

	private times(taken: readonly Version[]): Pick<Version, 'updatedAt' | 'dataCurrentAt'> {
		const at = () => new Date(this.seconds * 1000).toISOString();
		do this.seconds++;
		while (taken.some(({ updatedAt }) => updatedAt === at()));
		return { updatedAt: at(), dataCurrentAt: at() };
	}
}

export function latest({ versions }: Thing): Version {
	const last = versions.at(-1);
	if (last === undefined) throw new Error('Every DataSet has a version');
	return last;
}

function told(thing: Thing, { omits, wholeSeconds }: Manner, schema?: object): object {
	const version = latest(thing);
	const { id, name, owner } = thing;
	const timeOf = (time: string) => (wholeSeconds ? time.replace('.000Z', 'Z') : time);
	const all = {
		...{ id, name, owner: { id: owner.length, name: owner }, rows: version.rows, columns: version.schema.length },
		...{ updatedAt: timeOf(version.updatedAt), dataCurrentAt: timeOf(version.dataCurrentAt), schema },
	};
	const left: ReadonlySet<string> = new Set(omits);
	return Object.fromEntries(Object.entries(all).filter(([field]) => !left.has(field)));
}
