import type { Session } from '../connection/session';
import { parentOf } from '../fileStat';
import { type Entry, listFolder } from './listFolder';
import { stat, pathOf } from './remoteFiles';
import { dropTrials } from './renameProbe';
import { isGone } from './replaceFile';
import { isPartName, partNames } from './temporaryName';
import type { Target } from '../../destination';

/** A part file is written to all the time: nothing that a writeback waits for takes as long as this. */
const ABANDONED_SECONDS = 2 * 60 * 60;

/** How many one sweep removes; the next one goes on. */
const MOST_AT_ONCE = 100;

/** What killed processes and lost connections have left on a server. */
export interface StalePartFiles {
	/** Remembers a part file that could not be removed, for the next sweep. */
	remember(part: string): void;
	/**
	 * Removes what is left of earlier writebacks to a target, however Temporary Name was set: what was remembered, and part files of its
	 * name that were not touched for two hours by the server's own clock, which the first `part`, just made, tells. Resolves to their
	 * paths; never rejects.
	 */
	removeStale(session: Session, target: Target, part: string): Promise<readonly string[]>;
}

export function createStalePartFiles(): StalePartFiles {
	const leftovers = new Set<string>();
	/** One for each folder and execution: a folder may hold thousands of files, and get thousands. */
	const listings = new Map<string, Promise<readonly Entry[]>>();
	const list = async (session: Session, folder: string) => {
		const cached = listings.get(folder) ?? listFolder(session, folder, isPartName).catch(() => []);
		listings.set(folder, cached);
		return await cached;
	};
	let clock: Promise<number> | undefined;
	return {
		remember: (part) => leftovers.add(part),
		removeStale: async (session, target, part) => {
			const pattern = partNames(target.fileName);
			// What is left from now on is for the next sweep, which is asked for it.
			const remembered = [...leftovers];
			const folders = [...new Set([parentOf(part), target.folder])];
			clock ??= stat(session, part).then(
				(stats) => stats?.mtime ?? 0,
				() => 0,
			);
			const [now, ...listed] = await Promise.all([
				clock,
				...folders.map(async (folder) => await list(session, folder)),
			]);
			const abandoned = listed.flatMap((entries, index) =>
				entries
					.filter(
						({ name, found: { mtime } }) =>
							pattern.test(name) && mtime !== undefined && mtime + ABANDONED_SECONDS < now,
					)
					.map(({ name }) => pathOf({ folder: folders[index] ?? '', fileName: name })),
			);
			const candidates = abandoned.slice(0, MOST_AT_ONCE);
			// Right before its last rename, a part file has the modified time of its data for a moment.
			const still = await Promise.all(
				candidates.map(async (path) => ((await isOld(session, path, now)) ? [path] : [])),
			);
			const paths = [...remembered, ...still.flat()];
			const removed = await Promise.all(
				paths.map(async (path) => ((await removePartFile(session, path)) ? [path] : [])),
			);
			await dropTrials(session);
			for (const path of removed.flat()) leftovers.delete(path);
			return removed.flat();
		},
	};
}

async function isOld(session: Session, path: string, now: number): Promise<boolean> {
	const stats = await stat(session, path).catch(() => undefined);
	return stats?.mtime !== undefined && stats.mtime + ABANDONED_SECONDS < now;
}

/** Removes a part file; false when it may still be there. */
export async function removePartFile(session: Session, part: string): Promise<boolean> {
	try {
		await session.delete(part);
		return true;
	} catch (fault) {
		return await isGone(session, fault, part);
	}
}
