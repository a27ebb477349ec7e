import { setTimeout as delay } from 'node:timers/promises';

/** How long something may take on a busy machine. */
const PATIENCE_MS = 60_000;

/** Resolves when it holds; rejects when it does not in time. */
export async function until(holds: () => Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
	const deadline = Date.now() + patienceMs;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`This did not become true: ${String(holds)}`);
		await delay(100);
	}
}
