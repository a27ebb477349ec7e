import type { Conflict } from './claims';
import { partsPattern } from './names/partsPattern';
import type { Targets } from './names/targets';
import type { Surroundings, WritebackRequest } from './request';

/** Takes the names of `targets` for this item once earlier items have theirs; resolves to who has one of them, or to undefined. */
export async function claimTargets(
	{ names, publishing }: WritebackRequest,
	{ claims, destination, signal }: Pick<Surroundings, 'claims' | 'destination' | 'signal'>,
	targets: Targets,
): Promise<Conflict | undefined> {
	if (claims === undefined) return undefined;
	await claims.turn(signal);
	const parts = names.parts ? partsPattern((part) => destination.identify(targets.file(part))) : undefined;
	return claims.claim({
		file: destination.identify(targets.file(1)),
		...(parts && { parts }),
		...(publishing.doneFile !== 'none' && { done: destination.identify(targets.done()) }),
	});
}
