import type { Stats } from 'ssh2';
import { type StatSupport, traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import { type FileStat, toFileStat, nameOf, parentOf } from '../fileStat';
import { isStatus, saysMissing, STATUS, statusOf } from '../statusErrors';
import { listFolder } from './listFolder';

/** A request that tells what is at a path. */
export type StatMethod = 'STAT' | 'LSTAT' | 'listing';

/** No file has this name: it is asked for to learn how the server says so. */
const GHOST = '.000000000000.missing';

/** What one request says; undefined when it says that nothing is there. Rejects with a status that may mean anything. */
export async function statBy(session: Session, method: StatMethod, path: string): Promise<FileStat | undefined> {
	try {
		return method === 'listing' ? await listed(session, path) : toFileStat(await request(session, method, path));
	} catch (fault) {
		if (saysMissing(fault)) return undefined;
		if (method === 'listing' || !isStatus(session, fault)) throw fault;
		const { missing } = await statSupportOf(session);
		const isDenial = statusOf(fault) === STATUS.permissionDenied;
		if (!isDenial && missing.get(method) === statusOf(fault)) return undefined;
		throw fault;
	}
}

async function request(session: Session, method: 'STAT' | 'LSTAT', path: string): Promise<Stats> {
	return await session.request('attrs', (sftp, answer) =>
		method === 'STAT' ? sftp.stat(path, answer) : sftp.lstat(path, answer),
	);
}

/** Rejects when the folder cannot be listed. */
async function listed(session: Session, path: string): Promise<FileStat | undefined> {
	const folder = parentOf(path);
	const [entry] = await listFolder(session, folder, (name) => name === nameOf(path), 1);
	return entry?.found;
}

/** Asks about a folder that exists and a file that does not, once for each server. Rejects when the connection is lost. */
export async function statSupportOf(session: Session): Promise<StatSupport> {
	const traits = traitsOf(session);
	traits.statSupport ??= probeStatSupport(session).catch((fault: unknown) => {
		traits.statSupport = undefined;
		throw fault;
	});
	return await traits.statSupport;
}

async function probeStatSupport(session: Session): Promise<StatSupport> {
	const refuses = new Set<'STAT' | 'LSTAT'>();
	const missing = new Map<'STAT' | 'LSTAT', number>();
	const status = async (method: 'STAT' | 'LSTAT', path: string) => {
		try {
			await request(session, method, path);
			return undefined;
		} catch (fault) {
			if (!isStatus(session, fault)) throw fault;
			return statusOf(fault);
		}
	};
	const learn = async (method: 'STAT' | 'LSTAT') => {
		const [ofFolder, absent] = await Promise.all([status(method, '.'), status(method, GHOST)]);
		if (ofFolder !== undefined) refuses.add(method);
		else if (absent !== undefined) missing.set(method, absent);
	};
	await Promise.all([learn('STAT'), learn('LSTAT')]);
	return { refuses, missing };
}
