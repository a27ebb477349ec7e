import type { Found } from './found';
import type { SftpServer } from './handshake';
import type { Session } from './session';

/** How a server is kept from replacing a file when it must not; `refused` when it lets nothing be renamed at all. */
export type CreateOnly = 'rename' | 'link' | 'reserve' | 'none' | 'refused';

/** What a server answers about paths, learned from one that exists and one that does not. */
export interface Sight {
	/** Requests that it refuses whatever the path. */
	readonly refuses: ReadonlySet<'STAT' | 'LSTAT'>;
	/** The status by which each of the others says "not there". */
	readonly missing: ReadonlyMap<'STAT' | 'LSTAT', number>;
}

/** What a server has shown to this process. Nothing in it forbids anything for good: a refusal is asked for again. */
export interface ServerTraits {
	sight?: Promise<Sight> | undefined;
	/** Whether neither a path nor a listing shows a file: only an open handle does. */
	blind: boolean;
	/** Whether it was seen not to refuse renames. */
	renames: boolean;
	createOnly?: Promise<CreateOnly | undefined> | undefined;
	/** What a new file gets, by permissions and folder. */
	readonly newFiles: Map<string, Found>;
}

const bySession = new WeakMap<Session, ServerTraits>();
const byServer = new Map<string, ServerTraits>();

function fresh(): ServerTraits {
	return { blind: false, renames: false, newFiles: new Map() };
}

/** What the server of a session has shown so far. */
export function traitsOf(session: Session): ServerTraits {
	const known = bySession.get(session) ?? fresh();
	bySession.set(session, known);
	return known;
}

/** Lets a session share what other sessions to the same server, by the same user, have learned. */
export function remembered(session: Session, { host, port, username, hostKeys }: SftpServer): Session {
	const key = JSON.stringify([host, port, username, hostKeys]);
	const known = byServer.get(key) ?? fresh();
	byServer.set(key, known);
	bySession.set(session, known);
	return session;
}
