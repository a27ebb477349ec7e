import { setTimeout as sleep } from 'node:timers/promises';
import { BOUNDS, expectWithinBounds, measure } from './bounds';

/** Keeps the processor busy for so many milliseconds of its own time. */
function work(ms: number): void {
	const from = process.cpuUsage();
	for (;;) {
		const { user, system } = process.cpuUsage(from);
		if ((user + system) / 1000 >= ms) return;
	}
}

describe('what the hostile suites measure with', () => {
	it('sees an event loop that stands still', async () => {
		const measured = await measure(async () => {
			await sleep(50);
			work(1_500);
			await sleep(50);
		});
		expect(measured.stalledMs).toBeGreaterThan(250);
		expect(() => expectWithinBounds(measured)).toThrow();
	});

	it('sees one that is all of the work', async () => {
		const measured = await measure(async () => {
			work(300);
			await Promise.resolve();
		});
		expect(measured.stalledMs).toBeGreaterThan(250);
	});

	it('sees memory that is held, and none that was given back', async () => {
		let held: Buffer | undefined;
		const holding = await measure(async () => {
			held = Buffer.alloc(100 * 1024 * 1024, 1);
			await sleep(50);
		});
		expect(holding.heldMiB).toBeGreaterThan(90);
		const giving = await measure(async () => {
			held = undefined;
			await sleep(50);
		});
		expect(giving.heldMiB).toBeLessThan(0);
		expect(held).toBeUndefined();
	});

	it('takes an error for an outcome', async () => {
		const fault = new Error('refused');
		const measured = await measure(async () => await Promise.reject(fault));
		expect(measured.outcome).toBe(fault);
		expect(BOUNDS.stalledMs).toBe(200);
	});
});
