import { limitLogins } from '../../../../core/destinations/sftp/connection/loginLimiter';

const { signal } = new AbortController();

/** Starts logins of one execution to one server; they end when they are told to. */
function logins(host: string, idleMs = 60_000) {
	const [owner, ends, outcomes] = [{}, [] as Array<() => void>, [] as Array<Promise<unknown>>];
	const server = { host, port: 22, username: 'writer', idleMs, owner };
	return {
		running: () => ends.length,
		outcomes,
		start: (count = 1) => {
			for (let started = 0; started < count; started++) {
				const outcome = limitLogins(server, signal, async () => await new Promise<void>((end) => void ends.push(end)));
				outcomes.push(outcome.catch((fault: unknown) => fault));
			}
		},
		end: async () => {
			ends.shift()?.();
			await jest.advanceTimersByTimeAsync(0);
		},
	};
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('an execution gets three logins to one server at once, and the next one the place that is left', () => {
	const [greedy, modest] = [logins('a.example'), logins('a.example')];
	greedy.start(8);
	expect(greedy.running()).toBe(3);
	modest.start(8);
	expect([greedy.running(), modest.running()]).toEqual([3, 1]);
});

test('a place that is given back goes to the execution that has the fewest', async () => {
	const [greedy, modest] = [logins('b.example'), logins('b.example')];
	greedy.start(8);
	modest.start(3);
	await greedy.end();
	expect([greedy.running(), modest.running()]).toEqual([2, 2]);
});

test('logins that hang count no more after five seconds, up to eight of them', async () => {
	const greedy = Array.from({ length: 4 }, () => logins('c.example'));
	for (const one of greedy) one.start(8);
	await jest.advanceTimersByTimeAsync(60_000);
	expect(greedy.reduce((sum, { running }) => sum + running(), 0)).toBe(8);
});

test('a turn that does not come within Idle Timeout says so', async () => {
	const greedy = Array.from({ length: 4 }, () => logins('d.example', 3_600_000));
	for (const one of greedy) one.start(3);
	await jest.advanceTimersByTimeAsync(10_000);
	const late = logins('d.example', 40_000);
	late.start();
	await jest.advanceTimersByTimeAsync(41_000);
	expect(await Promise.race([...late.outcomes, Promise.resolve('waits')])).toMatchObject({
		reason: 'destinationInterrupted',
		message: expect.stringMatching(/^The login to SFTP server d\.example, port 22, waited 40 s for other logins/),
	});
});
