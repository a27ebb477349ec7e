import { setTimeout as delay } from 'node:timers/promises';

/** How long something may take on a busy machine. */
const PATIENCE_MS = 60_000;

/** Resolves when it holds; rejects when it does not within a minute. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`This did not become true: ${String(holds)}`);
		await delay(100);
	}
}
