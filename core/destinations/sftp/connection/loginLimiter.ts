import type { ServerAddress } from './connectionErrors';
import type { SftpServerOptions } from './sshHandshake';
import { onAbort } from '../../../support/abort';
import { cancelled, WritebackError } from '../../../support/errors';
import type { Owner } from '../../../support/fairSemaphore';
import { removeItem } from '../../../support/removeItem';

/** OpenSSH turns connections away at random from ten on that are not logged in yet (MaxStartups 10:30:100), everybody's together. Two workers at this many stay below. */
const AT_ONCE = 4;

/** Of them, what one execution gets: when its logins hang, there is a place left. */
const OF_ONE = 3;

/** A login that takes longer counts no more, so that a few that hang do not keep all others out. */
const HANGING_MS = 5_000;

/** With those that hang, still fewer than OpenSSH lets wait. */
const AT_MOST = 8;

/** How long a login waits for its turn at least before it gives up. */
const PATIENCE_MS = 30_000;

interface Login {
	readonly owner: Owner;
	isHanging: boolean;
}

interface Waiter {
	readonly owner: Owner;
	readonly start: () => void;
}

/** The logins to one server. */
interface Turns {
	readonly running: Login[];
	readonly waiting: Waiter[];
}

type Server = Pick<SftpServerOptions, 'host' | 'port' | 'username' | 'idleMs' | 'owner'>;

/** By server, while there are logins to it. */
const servers = new Map<string, Turns>();

/**
 * Runs `logIn` when fewer than four logins to this server are under way in this process, and fewer than three of the same execution; the
 * execution with the fewest goes first. `logIn` says when the server has let it in: it may take its time from then on. Rejects as `logIn`
 * does, with `destinationInterrupted` when the turn does not come, or with `cancelled`.
 */
export async function limitLogins<T>(
	server: Server,
	signal: AbortSignal,
	logIn: (loggedIn: () => void) => Promise<T>,
): Promise<T> {
	const name = `${server.host}:${server.port}`;
	const turns = servers.get(name) ?? { running: [], waiting: [] };
	servers.set(name, turns);
	const { owner = {} } = server;
	const login: Login = { owner, isHanging: false };
	const timers: NodeJS.Timeout[] = [];
	const later = (work: () => void) => void timers.push(setTimeout(work, HANGING_MS).unref());
	const release = () => {
		if (removeItem(turns.running, login)) startNext(turns);
	};
	try {
		if (mayStart(turns, owner)) turns.running.push(login);
		else await turnOf(turns, login, server, signal);
		later(() => {
			login.isHanging = true;
			startNext(turns);
		});
		// The server counts it for a moment longer.
		return await logIn(() => later(release));
	} finally {
		for (const timer of timers) clearTimeout(timer);
		release();
		const isOver = turns.running.length === 0 && turns.waiting.length === 0;
		if (isOver && servers.get(name) === turns) servers.delete(name);
	}
}

async function turnOf(turns: Turns, login: Login, server: Server, signal: AbortSignal): Promise<void> {
	const patienceMs = Math.max(PATIENCE_MS, server.idleMs);
	await new Promise<void>((resolve, reject) => {
		const settle = (done: () => void) => {
			removeItem(turns.waiting, waiter);
			clearTimeout(timer);
			stopListening();
			done();
		};
		const stop = () => settle(() => reject(cancelled()));
		const timer = setTimeout(() => settle(() => reject(loginKeptWaiting(server, patienceMs))), patienceMs).unref();
		const waiter: Waiter = {
			owner: login.owner,
			start: () => {
				turns.running.push(login);
				settle(resolve);
			},
		};
		let stopListening = (): void => undefined;
		turns.waiting.push(waiter);
		stopListening = onAbort(signal, stop);
	});
}

function mayStart({ running }: Turns, owner: Owner): boolean {
	const counted = running.filter(({ isHanging }) => !isHanging).length;
	return counted < AT_ONCE && running.length < AT_MOST && loginsOf(running, owner) < OF_ONE;
}

function loginsOf(running: readonly Login[], owner: Owner): number {
	return running.filter((login) => login.owner === owner).length;
}

function startNext(turns: Turns): void {
	for (;;) {
		const able = turns.waiting.filter(({ owner }) => mayStart(turns, owner));
		const [next] = able.sort((a, b) => loginsOf(turns.running, a.owner) - loginsOf(turns.running, b.owner));
		if (next === undefined) return;
		next.start();
	}
}

export function loginKeptWaiting({ host, port }: ServerAddress, patienceMs: number): WritebackError {
	const seconds = Math.round(patienceMs / 1000);
	return new WritebackError(
		'destinationInterrupted',
		`The login to SFTP server ${host}, port ${port}, waited ${seconds} s for other logins of this n8n process, which the server didn't answer`,
		{
			hint: "The target is unchanged. Try again. If it happens again, stop the executions that cannot log in to this server, or raise Transfer → 'Idle Timeout'.",
		},
	);
}
