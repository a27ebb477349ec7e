import { setTimeout as sleep } from 'node:timers/promises';
import type { Destination } from '../../core/destinations/destination';
import { allowAllHosts } from '../../core/destinations/egressPolicy';
import { createLoginHistory } from '../../core/destinations/sftp/connection/loginHistory';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type Ssh2Server, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';
import { expectWithinBounds, measure } from './bounds';

const HANGS = 'hangs';

let server: Ssh2Server;
let other: Ssh2Server;
/** Logins that are left without an answer, by now. */
let hanging = 0;
beforeAll(async () => {
	server = await startSsh2Server({
		authenticate: (context) => {
			if (context.username.startsWith(HANGS)) hanging += context.method === 'password' ? 1 : 0;
			if (context.username.startsWith(HANGS) && context.method === 'password') return;
			if (context.method === 'password') context.accept();
			else context.reject(['password']);
		},
	});
	other = await startSsh2Server();
});
afterAll(async () => {
	await server?.close();
	await other?.close();
});
beforeEach(() => {
	hanging = 0;
});

/** Logs in as `users` users who get no answer, all of them of one execution. */
function startHog(users: number, stop: AbortSignal): void {
	const logins = createLoginHistory();
	for (let user = 0; user < users; user++) {
		const fields = { ...passwordFieldsOf(server), username: `${HANGS}-${user}`, idleMs: 3_600_000 };
		openSftp(fields, allowAllHosts, logins)
			.stat(TARGET, stop)
			.catch(() => undefined);
	}
}

async function looked({ stat, close }: Destination): Promise<unknown> {
	try {
		return await stat(TARGET, new AbortController().signal);
	} finally {
		await close();
	}
}

test.each([
	['the same server', () => server, 1000],
	['another server', () => other, 1000],
])(
	'beside four logins of one execution that are never answered, another execution logs in to %s',
	async (_, to, ms) => {
		const stop = new AbortController();
		startHog(4, stop.signal);
		while (hanging < 3) await sleep(10);
		const measured = await measure(async () => await looked(openSftp(passwordFieldsOf(to()))));
		stop.abort();
		expect(measured.outcome).toBeUndefined();
		expect(measured.tookMs).toBeLessThan(ms);
		expectWithinBounds(measured);
	},
);

test('beside two executions of twenty logins each that are never answered, others log in as soon as these count as hanging', async () => {
	const stop = new AbortController();
	startHog(20, stop.signal);
	startHog(20, stop.signal);
	while (hanging < 4) await sleep(10);
	const measured = await measure(async () => {
		for (let times = 0; times < 5; times++) await looked(openSftp(passwordFieldsOf(server)));
	});
	const most = hanging;
	stop.abort();
	expect(measured.outcome).toBeUndefined();
	expect(measured.tookMs).toBeLessThan(7000);
	// OpenSSH turns connections away from ten on that are not logged in.
	expect(most).toBeLessThan(9);
	expectWithinBounds(measured);
}, 20_000);

test('a server that lets a login in and never opens SFTP keeps no other login out', async () => {
	const silent = await startSsh2Server({ sftp: () => undefined });
	const stop = new AbortController();
	const start = () => {
		const destination = openSftp({ ...passwordFieldsOf(silent), idleMs: 3_600_000 });
		destination.stat(TARGET, stop.signal).catch(() => undefined);
	};
	try {
		for (let executions = 0; executions < 12; executions++) start();
		const until = performance.now() + 15_000;
		while (silent.connections() < 12) {
			expect(performance.now()).toBeLessThan(until);
			await sleep(50);
		}
	} finally {
		stop.abort();
		await silent.close();
	}
}, 30_000);
