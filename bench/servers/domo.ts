import { startDomo } from '../../sandbox/domo/domo';
import { sized, SIZES, small } from './dataSets';

/** Domo's double as a process of its own, so that serving costs the measured process nothing. */
async function main(): Promise<void> {
	const { url, clientId, clientSecret } = await startDomo({ dataSets: [...SIZES.map(sized), ...small()] });
	process.stdout.write(`${JSON.stringify({ url, clientId, clientSecret })}\n`);
}

void main();
