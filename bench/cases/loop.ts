import { megabytesPerSecond } from '../subjects/subject';
import type { Detail } from '../report/result';
import { rounded } from '../report/statistics';
import type { IdleReport } from '../runners/job';
import type { Case } from './case';
import { ourSftpRuns } from './ourSftp';

const MEBIBYTES = 1024;
const QUICK_MEBIBYTES = 128;

export const loopCase: Case = {
	name: 'loop',
	title: `Delay of the event loop (p99, as a 10 ms timer sees it) while ${MEBIBYTES} MiB go to an SFTP server on one machine`,
	rounds: 5,
	measure: async (lab, rounds) => {
		const details: Detail[] = [];
		const idle = async (): Promise<number> => {
			const { stdout } = await lab.runner('runners/idle', [lab.packageFolder]);
			const { loopP99 }: IdleReport = JSON.parse(stdout);
			return loopP99;
		};
		const samples = await ourSftpRuns(lab, {
			mebibytes: lab.quick ? QUICK_MEBIBYTES : MEBIBYTES,
			rounds,
			bothKinds: true,
			unit: 'ms',
			figure: ({ loopP50, loopP99, loopMax, wallMs, fullCollections, pausedMs }, bytes, name) => {
				const [p50, p99, most] = [loopP50, loopP99, loopMax].map(rounded);
				details.push({
					by: name,
					p50: p50 ?? 0,
					p99: p99 ?? 0,
					max: most ?? 0,
					'MB/s': rounded(megabytesPerSecond(bytes, wallMs)),
					'full collections': fullCollections,
					'stood still for them, ms': Math.round(pausedMs),
				});
				return loopP99;
			},
			others: [{ name: 'idle process', handicap: 'transfers nothing', run: idle }],
		});
		return { unit: 'ms', smallerIsBetter: true, samples, details, handicaps: { 'idle process': 'transfers nothing' } };
	},
};
