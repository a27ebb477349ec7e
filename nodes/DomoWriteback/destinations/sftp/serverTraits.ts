/** What a server has shown since this process started. It is remembered for as long, because finding it out again costs a failed upload. */
export interface ServerTraits {
	/** A file's content was read back and was what had been sent. */
	proven: boolean;
	/** A second handle on a growing file does not see what the first wrote, or refuses its writes. Such a file is written by one handle, and anew after a lost connection. */
	singleHandle: boolean;
	/** A handle that was still open was handed out again. Each file gets a channel of its own. */
	exclusiveChannels: boolean;
	/** The user may not read what was written, so that content cannot be proven. */
	unreadable: boolean;
}

const servers = new Map<string, ServerTraits>();

/** The traits of one server and user; they may change while an upload runs. */
export function traitsOf(server: {
	readonly host: string;
	readonly port: number;
	readonly username: string;
}): ServerTraits {
	const key = JSON.stringify([server.host, server.port, server.username]);
	const known = servers.get(key);
	if (known !== undefined) return known;
	const traits = { proven: false, singleHandle: false, exclusiveChannels: false, unreadable: false };
	servers.set(key, traits);
	return traits;
}

/** Whether a part file may be written by one handle only, and not at all once the connection of that handle is lost. */
export function needsSingleHandle({ singleHandle, exclusiveChannels, unreadable }: ServerTraits): boolean {
	return singleHandle || exclusiveChannels || unreadable;
}
