import { setTimeout as sleep } from 'node:timers/promises';
import type { DomoDouble } from '../../sandbox/domo/domo';
import type { Engine } from '../../sandbox/engine/engine';
import type { Outcome } from '../nodes/DomoWriteback/execution';
import { shownOf } from '../nodes/DomoWriteback/secrets';
import type { Source } from './dataSets';
import { type DomoFault, timesMet } from './domoFault';
import type { Draw } from './draw';
import type { Place } from './places/place';
import { contentOf, type Watch } from './watch';

/** How long connections may stay open after the node has ended: HTTP keeps them for some seconds. */
const CONNECTIONS_END_MS = 20_000;

/** A connection that was given up while it was being made reaches a server far away only later, and ends there later still. */
const STAYS_CLOSED_MS = 500;

/** One item's wish, and what stood under its name before. */
export interface Item extends Source {
	readonly fileName: string;
	readonly old: string | undefined;
	/** The number of the item before it that has the same target. */
	readonly rival: number | undefined;
}

/** All that is known about an execution that is over. */
export interface Witnessed {
	readonly number: number;
	readonly drawn: Draw;
	readonly items: readonly Item[];
	/** Undefined when the node did not end in time. */
	readonly outcome: Outcome | undefined;
	readonly domoFault: DomoFault | undefined;
	readonly faultsMet: number;
	readonly wasStopped: boolean;
	readonly replacesAtOnce: boolean;
	/** By file name: what readers met, the last one last. */
	readonly met: ReadonlyMap<string, readonly string[]>;
	/** Contents of what is there beside the targets. */
	readonly left: ReadonlyMap<string, string>;
	readonly refusedLogins: number;
	/** Connections that stayed open. */
	readonly connections: number;
	readonly secrets: readonly string[];
}

/** An execution, and all that takes part in it. */
export interface Stage {
	readonly number: number;
	readonly drawn: Draw;
	readonly items: readonly Item[];
	readonly domo: DomoDouble;
	readonly place: Place;
	readonly fault: DomoFault | undefined;
	readonly engine: Engine;
}

/** Waits until nothing moves any more, and looks at what is there. */
export async function witness(
	{ number, drawn, items, domo, place, fault, engine }: Stage,
	watching: Watch,
	outcome: Outcome | undefined,
	wasStopped: boolean,
): Promise<Witnessed> {
	await disconnected(place);
	const met = await watching.end();
	const left = new Map<string, string>();
	for (const name of await place.names()) if (!met.has(name)) left.set(name, await contentOf(place, name));
	const [connections, refusedLogins] = [place.connections(), place.refusedLogins()];
	const faultsMet = place.faults() + (fault === undefined ? 0 : timesMet(domo, fault));
	const secrets = outcome === undefined ? [] : shownOf(outcome, engine);
	await place.close();
	await domo.close();
	const { replacesAtOnce } = place;
	const seen = { met, left, connections, refusedLogins, faultsMet, secrets, replacesAtOnce };
	return { number, drawn, items, outcome, domoFault: fault, wasStopped, ...seen };
}

/** Waits until no connection is open for a while, for so long at the most. */
async function disconnected(place: Place): Promise<void> {
	const until = Date.now() + CONNECTIONS_END_MS;
	for (let closedAt = Date.now(); Date.now() < until && Date.now() - closedAt < STAYS_CLOSED_MS; await sleep(50)) {
		if (place.connections() > 0) closedAt = Date.now();
	}
}
