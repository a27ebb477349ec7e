import type { Fixture } from '../fixtures/fixture';
import { FAR_OPENSSH, OPENSSH } from '../report/bars';
import { OURS } from '../subjects/subject';
import type { Measured } from '../report/result';
import { median, rounded } from '../report/statistics';
import type { SizeMib } from '../servers/dataSets';
import type { Case } from './case';
import { measureSftp, QUICK } from './sftp';

/** The one whose figures stand for the case. */
const HEADLINE_MS = 50;
const FAR_MS = 100;

/** Round trips, and what ssh2-sftp-client is given at each so that it ends within half a minute. */
const DISTANCES: ReadonlyArray<readonly [roundTripMs: number, putMebibytes: SizeMib]> = [
	[0, 32],
	[10, 16],
	[HEADLINE_MS, 8],
	[FAR_MS, 4],
];

const MEBIBYTES: SizeMib = 256;

export const rttCase: Case = {
	name: 'rtt',
	title: `${MEBIBYTES} MiB to SFTP servers 0, 10, 50 and 100 ms away; the headline is at ${HEADLINE_MS} ms`,
	rounds: 3,
	measure: async (lab, rounds) => await measureAll(lab, rounds),
};

async function measureAll(lab: Fixture, rounds: number): Promise<Omit<Measured, 'case' | 'title'>> {
	const details = [];
	let headline: Omit<Measured, 'case' | 'title'> | undefined;
	let figures: Record<string, number> = {};
	for (const [roundTripMs, putMebibytes] of DISTANCES) {
		lab.say(`  ${roundTripMs} ms`);
		const work = { mebibytes: MEBIBYTES, putMebibytes, ...(lab.quick ? QUICK : {}) };
		const measured = await measureSftp(lab, rounds, { name: 'rtt', roundTripMs, ...work });
		const medians = [...measured.samples].map(([name, values]) => [name, rounded(median(values))]);
		details.push({ [ROUND_TRIP]: roundTripMs, ...Object.fromEntries(medians) });
		if (roundTripMs === HEADLINE_MS) headline = measured;
		if (roundTripMs === FAR_MS) figures = farFigures(measured.samples);
	}
	if (!headline) throw new Error('No headline');
	return { ...headline, figures, details };
}

/** None without OpenSSH, as where two builds of ours are compared. */
function farFigures(samples: Measured['samples']): Record<string, number> {
	const [ours, openssh] = [samples.get(OURS), samples.get(OPENSSH)];
	return ours && openssh ? { [FAR_OPENSSH]: median(ours) / median(openssh) } : {};
}

/** The column of `details` that says how far away the server was. */
export const ROUND_TRIP = 'round trip, ms';
