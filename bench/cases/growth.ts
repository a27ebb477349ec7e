import { OURS } from '../subjects/subject';
import type { Detail } from '../report/result';
import { median, rounded } from '../report/statistics';
import type { SizeMib } from '../servers/dataSets';
import type { Case } from './case';
import type { Fixture } from '../fixtures/fixture';
import { ourSftpRuns } from './ourSftp';

/** A short transfer's time varies more, so it is measured more often. */
const SHORT_RUNS = 3;

export const growthCase: Case = {
	name: 'growth',
	title: 'How much longer a MiB takes in a file of 8 GiB than in one of 256 MiB, to an SFTP server on one machine',
	rounds: 3,
	measure: async (lab, rounds) => {
		const [short, long]: readonly [SizeMib, SizeMib] = lab.quick ? [64, 256] : [256, 8192];
		const details: Detail[] = [];
		const growth: number[] = [];
		for (let round = 1; round <= rounds; round++) {
			const before = await perMebibyte(lab, short, SHORT_RUNS);
			const after = await perMebibyte(lab, long, 1);
			growth.push(100 * (after / before - 1));
			details.push({ [`ms per MiB at ${short} MiB`]: rounded(before), [`ms per MiB at ${long} MiB`]: rounded(after) });
		}
		return { unit: '%', smallerIsBetter: true, samples: new Map([[OURS, growth]]), details };
	},
};

async function perMebibyte(lab: Fixture, mebibytes: SizeMib, rounds: number): Promise<number> {
	const figure = ({ wallMs }: { wallMs: number }): number => wallMs / mebibytes;
	const samples = await ourSftpRuns(lab, { mebibytes, rounds, unit: `ms per MiB at ${mebibytes} MiB`, figure });
	return median(samples.get(OURS) ?? []);
}
