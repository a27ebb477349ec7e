import type { FileStat } from '../fileStat';
import type { SftpServerOptions } from './sshHandshake';

/** How a server is kept from replacing a file when it must not; `refused` when it lets nothing be renamed at all. */
export type CreateOnly = 'rename' | 'link' | 'reserve' | 'none' | 'refused';

/** What a server answers about paths, learned from one that exists and one that does not. */
export interface StatSupport {
	/** Requests that it refuses whatever the path. */
	readonly refuses: ReadonlySet<'STAT' | 'LSTAT'>;
	/** The status by which each of the others says "not there". */
	readonly missing: ReadonlyMap<'STAT' | 'LSTAT', number>;
}

/** What a server has shown since this process started. It is remembered for as long, because finding out again costs requests, or a failed upload. */
export interface ServerTraits {
	/** A file's content was read back and was what had been sent. */
	proven: boolean;
	/** A second handle on a growing file does not see what the first wrote, or refuses its writes. Such a file is written by one handle, and anew after a lost connection. */
	singleHandle: boolean;
	/** A handle that was still open was handed out again. Each file gets a channel of its own. */
	exclusiveChannels: boolean;
	/** The user may not read what was written, so that content cannot be proven. */
	unreadable: boolean;
	/** Folders in which a file could not be read, the one met last at the end. */
	readonly unreadableFolders: Set<string>;
	statSupport?: Promise<StatSupport> | undefined;
	/** Whether neither a path nor a listing shows a file: only an open handle does. */
	blind: boolean;
	/** Whether it was seen not to refuse renames. */
	renames: boolean;
	createOnly?: Promise<CreateOnly | undefined> | undefined;
	/** Empty files that it was tried with and that are to be removed again. */
	readonly trials: Set<string>;
	/** What a new file gets, by permissions and folder. */
	readonly newFiles: Map<string, FileStat>;
	/** Tells the files of this user on this server from all others, by whichever login they are written. */
	readonly place: string;
}

/** Those used last. A workflow may name ever new servers, and n8n runs for months. */
const MOST_SERVERS = 1000;

/** Of one server. */
const MOST_FOLDERS = 1000;

const servers = new Map<string, ServerTraits>();

/**
 * The traits of one server, as one login sees it; they may change while an upload runs. Another login of the same user name may lead
 * elsewhere, and what is learned by it must not decide how this one's files are verified.
 */
export function traitsOfServer({
	host,
	port,
	username,
	hostKeys,
	loginId,
}: Omit<SftpServerOptions, 'login'>): ServerTraits {
	const key = JSON.stringify([host, port, username, hostKeys, loginId]);
	const traits = servers.get(key) ?? unknownTraits(JSON.stringify([host, port, username]));
	servers.delete(key);
	servers.set(key, traits);
	const [oldest] = servers.keys();
	if (servers.size > MOST_SERVERS && oldest !== undefined) servers.delete(oldest);
	return traits;
}

function unknownTraits(place: string): ServerTraits {
	return {
		proven: false,
		singleHandle: false,
		exclusiveChannels: false,
		unreadable: false,
		unreadableFolders: new Set(),
		blind: false,
		renames: false,
		trials: new Set(),
		newFiles: new Map(),
		place,
	};
}

/** Remembers a folder in which a file could not be read, as in one for uploads alone. */
export function noteUnreadable({ unreadableFolders }: ServerTraits, folder: string): void {
	unreadableFolders.delete(folder);
	unreadableFolders.add(folder);
	const [oldest] = unreadableFolders;
	if (unreadableFolders.size > MOST_FOLDERS && oldest !== undefined) unreadableFolders.delete(oldest);
}

/** What the server of a session has shown so far. */
export function traitsOf({ traits }: { readonly traits: ServerTraits }): ServerTraits {
	return traits;
}

/** Whether a part file may be written by one handle only, and not at all once the connection of that handle is lost. */
export function needsSingleHandle({ singleHandle, exclusiveChannels, unreadable }: ServerTraits): boolean {
	return singleHandle || exclusiveChannels || unreadable;
}
