import type { Detail } from '../report/result';
import { rounded } from '../report/statistics';
import type { WritebackReport } from '../runners/job';
import type { Case } from './case';
import { ourSftpRuns } from './ourSftp';

const MEBIBYTES = 1024;
const QUICK_MEBIBYTES = 128;

export const rowsCase: Case = {
	name: 'rows',
	title: `Share of a transfer's time that counting rows and hashing take, of ${MEBIBYTES} MiB to an SFTP server on one machine`,
	rounds: 5,
	measure: async (lab, rounds) => {
		const details: Detail[] = [];
		const samples = await ourSftpRuns(lab, {
			mebibytes: lab.quick ? QUICK_MEBIBYTES : MEBIBYTES,
			rounds,
			bothKinds: true,
			unit: '%',
			clockTally: true,
			figure: (report, bytes, name) => {
				details.push({ by: name, ...detailOf(report, bytes) });
				return (100 * report.tallyMs) / report.wallMs;
			},
		});
		return { unit: '%', smallerIsBetter: true, samples, details };
	},
};

/** Every byte has to have passed the functions that were clocked, or the share would be too small. */
function detailOf({ tallyMs, tallyBytes, wallMs, cpuMs }: WritebackReport, bytes: number): Detail {
	if (tallyBytes !== bytes)
		throw new Error(
			`${tallyBytes} of ${bytes} bytes were seen being counted: bench/runners/countingProfiler.ts clocks the wrong place`,
		);
	return {
		'counting and hashing, s': rounded(tallyMs / 1000),
		'transfer, s': rounded(wallMs / 1000),
		'processor, s': rounded(cpuMs / 1000),
		'share of processor, %': rounded((100 * tallyMs) / cpuMs),
	};
}
