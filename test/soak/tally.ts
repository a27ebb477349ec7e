import type { Witnessed } from './aftermath';
import { CRIMES, type Finding, type Verdict } from './oracle';

/** What came of all executions so far. */
export interface Tally {
	executions: number;
	transfers: number;
	verified: number;
	refused: number;
	stopped: number;
	faults: number;
	survived: number;
	/** Logins that were refused. */
	logins: number;
	bytes: number;
	rows: number;
	readonly crimes: Record<Finding['crime'], number>;
}

export function tally(): Tally {
	const none = { executions: 0, transfers: 0, verified: 0, refused: 0, stopped: 0, faults: 0, survived: 0, logins: 0 };
	return { ...none, bytes: 0, rows: 0, crimes: { lost: 0, partial: 0, leaked: 0, wrong: 0 } };
}

export function count(all: Tally, { items, faultsMet, refusedLogins }: Witnessed, verdict: Verdict): void {
	all.executions += 1;
	all.transfers += items.length;
	all.verified += verdict.verified.length;
	all.refused += verdict.refused;
	all.stopped += verdict.stopped;
	all.faults += faultsMet;
	all.logins += refusedLogins;
	if (verdict.verified.length === items.length) all.survived += faultsMet;
	for (const { bytes, rows } of verdict.verified) {
		all.bytes += Number(bytes);
		all.rows += Number(rows);
	}
	for (const { crime } of verdict.findings) all.crimes[crime] += 1;
}

export function isClean({ crimes }: Tally): boolean {
	return CRIMES.every((crime) => crimes[crime] === 0);
}
