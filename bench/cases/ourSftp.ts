import { contest, entrants } from '../contest';
import { type Subject, OURS } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { fileOf, onSftp, runOurs } from '../subjects/ours';
import { type OurKind, ourKinds } from '../subjects/ourKinds';
import type { Fixture } from '../fixtures/fixture';
import { sftpServer } from '../fixtures/sftpServer';
import type { WritebackReport } from '../runners/job';
import type { SizeMib } from '../servers/dataSets';

export interface OurRuns {
	readonly mebibytes: SizeMib;
	readonly rounds: number;
	readonly unit: string;
	readonly clockTally?: boolean;
	/** Also without SHA instructions, where the machine has them. */
	readonly bothKinds?: boolean;
	/** What a run says about the case. */
	readonly figure: (report: WritebackReport, bytes: number, name: string) => number;
	/** Others beside ours. */
	readonly others?: readonly Subject[];
}

/** Our transfer to an SFTP server on this machine, for cases about the process and not about peers. */
export async function ourSftpRuns(lab: Fixture, runs: OurRuns): Promise<Map<string, number[]>> {
	const server = await sftpServer(lab, { roundTripMs: 0 });
	try {
		const dataSet = await expected(runs.mebibytes);
		const clocked = runs.clockTally === true ? { clockTally: true } : {};
		const run = async ({ name, env }: OurKind) => {
			const report = await runOurs(lab, { dataSets: [dataSet], place: onSftp(server), env, ...clocked });
			await server.accept([{ name: fileOf(dataSet.id), bytes: dataSet.bytes }]);
			return runs.figure(report, dataSet.bytes, name);
		};
		const kinds = ourKinds().filter(({ name }) => name === OURS || runs.bothKinds === true);
		const ours = kinds.map((kind) => ({ name: kind.name, run: async () => await run(kind) }));
		return await contest(entrants([...ours, ...(runs.others ?? [])], lab), runs.rounds, lab.told(runs.unit));
	} finally {
		await server.close();
	}
}
