import { partsPattern } from '../names/partsPattern';
import type { Conflict } from './nameClaims';
import type { Targets } from './targets';
import type { TransferContext, WritebackRequest } from './writebackRequest';

/**
 * Takes the names of `targets` for this item once earlier items have theirs; resolves to who has one of them, or to undefined. With Skip it
 * waits for an item that has them: a file that came to nothing is none to skip for.
 */
export async function claimTargets(
	{ names, publishing }: WritebackRequest,
	{ claims, destination, signal }: Pick<TransferContext, 'claims' | 'destination' | 'signal'>,
	targets: Targets,
): Promise<Conflict | undefined> {
	if (claims === undefined) return undefined;
	await claims.turn(signal);
	const parts = names.parts ? partsPattern((part) => destination.identify(targets.file(part))) : undefined;
	const wanted = {
		file: destination.identify(targets.file(1)),
		...(parts && { parts }),
		...(publishing.doneFile !== 'none' && { done: destination.identify(targets.done()) }),
	};
	let conflict = claims.claim(wanted);
	while (publishing.ifExists === 'skip' && conflict?.of === 'file') {
		claims.pass();
		if (await claims.hasWritten(conflict.item, signal)) break;
		conflict = claims.claim(wanted);
	}
	return conflict;
}
