import { type Budget, budgetOf } from '../budget';

/** OpenSSH turns connections away at random from ten on that are not logged in yet (MaxStartups 10:30:100), everybody's together. Two workers at this many stay below. */
const AT_ONCE = 4;

/** Of the servers that somebody logs in to at the moment. */
const servers = new Map<string, { readonly places: Budget; users: number }>();

/** Runs `logIn` when fewer than four logins to this server are under way in this process. Rejects as it does, or with `cancelled` while it waits. */
export async function inLoginTurn<T>(
	{ host, port }: { readonly host: string; readonly port: number },
	signal: AbortSignal,
	logIn: () => Promise<T>,
): Promise<T> {
	const name = `${host}:${port}`;
	const server = servers.get(name) ?? { places: budgetOf(AT_ONCE), users: 0 };
	servers.set(name, server);
	server.users++;
	try {
		const leave = await server.places.take(1, signal);
		return await logIn().finally(leave);
	} finally {
		server.users--;
		if (server.users === 0) servers.delete(name);
	}
}
