import type { Destination } from '../../core/destinations/destination';
import type { DestinationOptions } from '../../core/destinations/openDestination';

/** The destinations that one execution writes to. Items with the same settings share one. */
export interface DestinationCache {
	/** Opens it, or finds it open; call `leave` when the item is done with it. */
	enter(options: DestinationOptions): Promise<Entered>;
	/** What users should know of those that were entered, each once. */
	warnings(): readonly string[];
	/** Ends all connections. Never rejects. */
	close(): Promise<void>;
}

interface Entered {
	readonly destination: Destination;
	readonly leave: () => void;
}

/** Open without an item that uses them. Each holds a connection, and credentials by expression may lead every item to another server. */
const MOST_IDLE = 16;

interface Place {
	readonly opening: Promise<Destination>;
	users: number;
}

export function createDestinationCache(open: (options: DestinationOptions) => Promise<Destination>): DestinationCache {
	// In the order of their last use.
	const places = new Map<string, Place>();
	const warnings = new Set<string>();
	const closing: Array<Promise<void>> = [];
	const end = (key: string, { opening }: Place) => {
		places.delete(key);
		closing.push(opening.then(async (destination) => await destination.close()).catch(() => undefined));
	};
	const endIdle = () => {
		const idle = [...places].filter(([, { users }]) => users === 0);
		for (const [key, place] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) end(key, place);
	};
	return {
		enter: async (options) => {
			const key = JSON.stringify(options);
			const place = places.get(key) ?? { opening: open(options), users: 0 };
			places.delete(key);
			places.set(key, place);
			place.users += 1;
			const leave = () => {
				place.users -= 1;
				endIdle();
			};
			try {
				const destination = await place.opening;
				for (const caution of destination.warnings) warnings.add(caution);
				return { destination, leave };
			} catch (fault) {
				leave();
				throw fault;
			}
		},
		warnings: () => [...warnings],
		close: async () => {
			for (const [key, place] of places) end(key, place);
			await Promise.all(closing);
		},
	};
}
