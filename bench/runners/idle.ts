import { setTimeout as delay } from 'node:timers/promises';
import { loadPackage } from '../../sandbox/engine/engine';
import type { IdleReport } from './job';
import { meters } from './meters';

const SETTLE_MS = 1000;
const IDLE_MS = 5000;

/** Measures a process that has loaded n8n's engine and our package, and does nothing: `node idle.js <package folder>`. */
async function main([packageFolder = '']: readonly string[]): Promise<void> {
	await loadPackage(packageFolder);
	await delay(SETTLE_MS);
	const measured = meters();
	await delay(IDLE_MS);
	const { loopP99 } = measured();
	const report: IdleReport = { loopP99 };
	process.stdout.write(`${JSON.stringify(report)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
