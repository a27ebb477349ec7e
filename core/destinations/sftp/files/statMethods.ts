import type { Stats } from 'ssh2';
import { type Sight, traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { type Found, foundOf, nameOf, parentOf } from '../fileStat';
import { isStatus, saysMissing, STATUS, statusOf } from '../statusErrors';
import { listFolder } from './listFolder';

/** A request that tells what is at a path. */
export type Way = 'STAT' | 'LSTAT' | 'listing';

/** No file has this name: it is asked for to learn how the server says so. */
const GHOST = '.000000000000.missing';

/** What one request says; undefined when it says that nothing is there. Rejects with a status that may mean anything. */
export async function ask(session: Session, way: Way, path: string): Promise<Found | undefined> {
	try {
		return way === 'listing' ? await listed(session, path) : foundOf(await stat(session, way, path));
	} catch (fault) {
		if (saysMissing(fault)) return undefined;
		if (way === 'listing' || !isStatus(session, fault)) throw fault;
		const { missing } = await sightOf(session);
		const isDenial = statusOf(fault) === STATUS.permissionDenied;
		if (!isDenial && missing.get(way) === statusOf(fault)) return undefined;
		throw fault;
	}
}

async function stat(session: Session, way: 'STAT' | 'LSTAT', path: string): Promise<Stats> {
	return await session.ask('attrs', (sftp, answer) =>
		way === 'STAT' ? sftp.stat(path, answer) : sftp.lstat(path, answer),
	);
}

/** Rejects when the folder cannot be listed. */
async function listed(session: Session, path: string): Promise<Found | undefined> {
	const folder = parentOf(path);
	const [entry] = await listFolder(session, folder, (name) => name === nameOf(path), 1);
	return entry?.found;
}

/** Asks about a folder that exists and a file that does not, once for each server. Rejects when the connection is lost. */
export async function sightOf(session: Session): Promise<Sight> {
	const traits = traitsOf(session);
	traits.sight ??= learnSight(session).catch((fault: unknown) => {
		traits.sight = undefined;
		throw fault;
	});
	return await traits.sight;
}

async function learnSight(session: Session): Promise<Sight> {
	const refuses = new Set<'STAT' | 'LSTAT'>();
	const missing = new Map<'STAT' | 'LSTAT', number>();
	const status = async (way: 'STAT' | 'LSTAT', path: string) => {
		try {
			await stat(session, way, path);
			return undefined;
		} catch (fault) {
			if (!isStatus(session, fault)) throw fault;
			return statusOf(fault);
		}
	};
	const learn = async (way: 'STAT' | 'LSTAT') => {
		const [there, absent] = await Promise.all([status(way, '.'), status(way, GHOST)]);
		if (there !== undefined) refuses.add(way);
		else if (absent !== undefined) missing.set(way, absent);
	};
	await Promise.all([learn('STAT'), learn('LSTAT')]);
	return { refuses, missing };
}
