import { setTimeout as sleep } from 'node:timers/promises';
import { queueByName } from '../../../../core/destinations/sftp/files/nameQueue';

const patience = (idleMs: number, signal = new AbortController().signal) => ({ idleMs, signal });

test('writers of one name take it one after the other, and a fault of one is none of the next', async () => {
	const steps: string[] = [];
	const take = async (name: string, fault?: Error) =>
		await queueByName('server', 'a.csv', patience(5000), async () => {
			steps.push(`${name} begins`);
			await sleep(5);
			steps.push(`${name} ends`);
			if (fault !== undefined) throw fault;
		});
	const fault = new Error('refused');
	const ended = await Promise.allSettled([take('one', fault), take('two'), take('three')]);
	expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
	expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
});

test('one that is never done keeps another waiting for its Idle Timeout, which says so, and those after it wait on', async () => {
	let release = (): void => undefined;
	const hung = queueByName('server', 'b.csv', patience(3_600_000), async () => {
		await new Promise<void>((resolve) => {
			release = resolve;
		});
	});
	const impatient = queueByName('server', 'b.csv', patience(100), async () => 'written');
	const patient = queueByName('server', 'b.csv', patience(5000), async () => 'written');
	await expect(impatient).rejects.toMatchObject({
		reason: 'destinationInterrupted',
		message: expect.stringMatching(/^Another writeback of this n8n process has not finished publishing b\.csv/),
		hint: expect.stringContaining('Idle Timeout'),
	});
	expect(await Promise.race([patient, sleep(50, 'waits')])).toBe('waits');
	expect(await queueByName('server', 'c.csv', patience(100), async () => 'written')).toBe('written');
	release();
	await hung;
	expect(await patient).toBe('written');
});

test('a stop ends the wait', async () => {
	const stop = new AbortController();
	let release = (): void => undefined;
	const hung = queueByName('server', 'd.csv', patience(5000), async () => {
		await new Promise<void>((resolve) => {
			release = resolve;
		});
	});
	const waiting = queueByName('server', 'd.csv', patience(5000, stop.signal), async () => undefined);
	stop.abort();
	await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' });
	release();
	await hung;
});
