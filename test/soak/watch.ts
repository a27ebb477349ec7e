import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './places/place';

const EVERY_MS = 15;

/** What readers meet when there is no file. */
export const NOTHING = 'nothing';

/** Someone else who looks at the targets all the time. */
export interface Watch {
	/** Looks a last time; resolves to the contents that were met under each name, the last one last, as SHA-256. */
	end(): Promise<ReadonlyMap<string, readonly string[]>>;
}

export function watch(place: Place, names: readonly string[]): Watch {
	const met = new Map<string, string[]>(names.map((name) => [name, []]));
	const stamps = new Map<string, string | undefined>();
	const look = async () => {
		for (const name of names) {
			const stamp = (await place.stamp(name)) ?? NOTHING;
			if (stamps.get(name) === stamp) continue;
			stamps.set(name, stamp);
			met.get(name)?.push(await contentOf(place, name));
		}
	};
	let isOver = false;
	const looking = (async () => {
		for (; !isOver; await sleep(EVERY_MS)) await look();
		await look();
	})();
	looking.catch(() => undefined);
	return {
		end: async () => {
			isOver = true;
			await looking;
			return met;
		},
	};
}

export async function contentOf(place: Pick<Place, 'read'>, name: string): Promise<string> {
	const body = await place.read(name);
	if (body === undefined) return NOTHING;
	const hash = createHash('sha256');
	for await (const chunk of body) hash.update(chunk);
	return hash.digest('hex');
}

/** As `contentOf` has it. */
export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
