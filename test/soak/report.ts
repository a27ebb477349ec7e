import type { Draw } from './draw';
import type { Finding } from './oracle';
import type { Tally } from './tally';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const figure = (count: number): string => count.toLocaleString('en-US');

/** How it stands, on one line. */
export function progressLine(ms: number, all: Tally, held: number): string {
	const seconds = Math.round(ms / 1000);
	const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	return [
		`${time.padStart(6)}  ${figure(all.transfers)} transfers`,
		megabytes(all.bytes),
		`${figure(all.verified)} verified`,
		`${figure(all.faults)} faults, ${figure(all.survived)} survived`,
		`memory ${megabytes(held)}`,
	].join(' · ');
}

/** What was seen, and how to see it again. */
export function findingLines(seed: number, number: number, drawn: Draw, findings: readonly Finding[]): string {
	return [
		...findings.map(({ crime, what }) => `  ${crime.toUpperCase()} in execution ${number}: ${what}`),
		`    drawn: ${JSON.stringify(drawn)}`,
		`    again: npm run soak -- --seed ${seed} --only ${number}`,
	].join('\n');
}

export interface Ending {
	readonly warm: number;
	readonly end: number;
	readonly openHandles: readonly string[];
	readonly warnings: readonly string[];
}

/** The whole soak, as a table. */
export function summary(all: Tally, { warm, end, openHandles, warnings }: Ending): string {
	const { crimes } = all;
	const rows: ReadonlyArray<readonly [what: string, value: string]> = [
		['transfers', `${figure(all.transfers)} in ${figure(all.executions)} executions`],
		['verified', figure(all.verified)],
		['refused with a clear message', figure(all.refused)],
		['stopped by the user or with another item', figure(all.stopped)],
		['faults injected', figure(all.faults)],
		['faults survived', figure(all.survived)],
		['logins refused, one an execution', figure(all.logins)],
		['bytes', figure(all.bytes)],
		['rows', figure(all.rows)],
		['memory after warm-up, at the end', `${megabytes(warm)}, ${megabytes(end)}`],
		['handles left open', openHandles.join(', ') || 'none'],
		['warnings of Node.js', warnings.join(', ') || 'none'],
		['lost', figure(crimes.lost)],
		['partial', figure(crimes.partial)],
		['leaked', figure(crimes.leaked)],
		['wrong', figure(crimes.wrong)],
	];
	const width = Math.max(...rows.map(([what]) => what.length));
	return rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}`).join('\n');
}
