import { contest, entrants } from '../contest';
import { type Subject, OURS } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { fileOf, onSftp, runOurs } from '../subjects/ours';
import type { Fixture } from '../fixtures/fixture';
import { sftpServer } from '../fixtures/sftpServer';
import type { WritebackReport } from '../runners/job';
import type { SizeMib } from '../servers/dataSets';

export interface OurRuns {
	readonly mebibytes: SizeMib;
	readonly rounds: number;
	readonly unit: string;
	readonly clockTally?: boolean;
	/** What a run says about the case. */
	readonly figure: (report: WritebackReport, bytes: number) => number;
	/** Others beside ours. */
	readonly others?: readonly Subject[];
}

/** Our transfer to an SFTP server on this machine, for cases about the process and not about peers. */
export async function ourSftpRuns(lab: Fixture, runs: OurRuns): Promise<Map<string, number[]>> {
	const server = await sftpServer(lab, { roundTripMs: 0 });
	try {
		const dataSet = await expected(runs.mebibytes);
		const run = async () => {
			const work = { dataSets: [dataSet], place: onSftp(server), ...(runs.clockTally && { clockTally: true }) };
			const report = await runOurs(lab, work);
			await server.accept([{ name: fileOf(dataSet.id), bytes: dataSet.bytes }]);
			return runs.figure(report, dataSet.bytes);
		};
		return await contest(
			entrants([{ name: OURS, run }, ...(runs.others ?? [])], lab),
			runs.rounds,
			lab.told(runs.unit),
		);
	} finally {
		await server.close();
	}
}
