import { type Ssh2ServerOptions, startSsh2Server } from '../../../sandbox/ssh2Server';
import { onItsDisk, type Site } from '../site';
import { wholeNode } from '../wholeNode';

/** A habit as a sentence's end, and how a server gets it. */
export type HabitRow = readonly [habit: string, options: () => Ssh2ServerOptions];

/** A scripted server, which replaces by posix-rename as OpenSSH does. */
export async function scripted(options: Ssh2ServerOptions): Promise<Site> {
	return onItsDisk(await startSsh2Server({ posixRename: true, ...options }));
}

/** What the whole node promises of servers with these habits; `succeeds` when every item arrives there. */
export function withHabits(rows: readonly HabitRow[], succeeds: boolean): void {
	describe.each(rows)('a server that %s', (_, options) => {
		wholeNode(async () => await scripted(options()), { succeeds });
	});
}
