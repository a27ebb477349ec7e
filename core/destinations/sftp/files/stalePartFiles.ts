import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { parentOf } from '../fileStat';
import { type Entry, listFolder } from './listFolder';
import { stat, pathOf } from './remoteFiles';
import { dropTrials } from './renameProbe';
import { isGone } from './replaceFile';
import { isPartName, partNames } from './temporaryName';
import type { Target } from '../../destination';

/** A part file is written to all the time, or touched while it waits for others of its set: nothing that a writeback waits for takes as long as this. */
const ABANDONED_SECONDS = 2 * 60 * 60;

/** How often a complete part file that waits is touched; other runs, of other processes too, take one for abandoned that was not. */
const TOUCHED_MS = 30 * 60 * 1000;

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
			const candidates = abandoned.filter((path) => !waiting.has(path)).slice(0, MOST_AT_ONCE);
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

/** Complete part files of this process that wait for others of their set. */
const waiting = new Set<string>();

/** Keeps a complete part file from being taken for abandoned, until `stopped`: it is touched now and then, by the server's own clock. Never rejects. */
export async function keepFresh(
	sessions: Pick<SessionProvider, 'reconnect'>,
	part: string,
	stopped: AbortSignal,
	everyMs = TOUCHED_MS,
): Promise<void> {
	waiting.add(part);
	const touch = async () => {
		const session = await sessions.reconnect(stopped);
		const mtime = (await stat(session, part))?.mtime;
		if (mtime === undefined || stopped.aborted) return;
		const time = mtime + Math.round(everyMs / 1000);
		await session.call((sftp, answer) => sftp.utimes(part, time, time, answer));
	};
	while (!stopped.aborted) {
		await sleep(everyMs, undefined, { signal: stopped, ref: false }).catch(() => undefined);
		// Where it is refused, or the server is away for now, there is nothing better to do.
		if (!stopped.aborted) await touch().catch(() => undefined);
	}
	waiting.delete(part);
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
