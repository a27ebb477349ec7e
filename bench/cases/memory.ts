import { OURS } from '../subjects/subject';
import { expected } from '../subjects/expected';
import { fileOf, onAzure, onSftp, runOurs } from '../subjects/ours';
import { type OurKind, ourKinds } from '../subjects/ourKinds';
import { azureServer } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import { sftpServer } from '../fixtures/sftpServer';
import { MEMORY_SPAN } from '../report/bars';
import type { Detail } from '../report/result';
import { median } from '../report/statistics';
import { MEBIBYTE, type SizeMib } from '../servers/dataSets';
import type { Case } from './case';

const SIZES: readonly SizeMib[] = [64, 1024, 8192];
const QUICK_SIZES: readonly SizeMib[] = [64, 256];

type Kind = 'SFTP' | 'Azure';

interface Peak {
	readonly kind: Kind;
	readonly mebibytes: SizeMib;
	readonly name: OurKind['name'];
	/** Resident, in MiB: before the workflow ran, and its maximum. */
	readonly idle: number;
	readonly peak: number;
}

export const memoryCase: Case = {
	name: 'memory',
	title: 'Most resident memory of the process above what it had when idle, whatever the size and destination',
	rounds: 1,
	measure: async (lab, rounds) => {
		const sizes = lab.quick ? QUICK_SIZES : SIZES;
		const perRound: Peak[][] = [];
		for (let round = 1; round <= rounds; round++) {
			const peaks: Peak[] = [];
			for (const kind of ['SFTP', 'Azure'] as const) {
				for (const [mebibytes, ours] of runsOf(sizes)) {
					const peak = await peakOf(lab, kind, mebibytes, ours);
					lab.told('MiB')(round, `${kind}, ${mebibytes} MiB, ${ours.name}: peak`, peak.peak);
					peaks.push(peak);
				}
			}
			perRound.push(peaks);
		}
		const above = ourKinds().map(({ name }) => [name, perRound.map((peaks) => mostAbove(peaks, name))] as const);
		const span = median(perRound.map((peaks) => Math.max(spanOf(peaks, 'SFTP'), spanOf(peaks, 'Azure'))));
		return {
			unit: 'MiB',
			smallerIsBetter: true,
			samples: new Map(above),
			figures: { [MEMORY_SPAN]: span },
			details: perRound.flat().map(detailOf),
		};
	},
};

/** Every size as the machine is; the largest one also without SHA instructions, as a thread needs memory. */
function runsOf(sizes: readonly SizeMib[]): ReadonlyArray<readonly [SizeMib, OurKind]> {
	const largest = sizes.at(-1);
	return ourKinds().flatMap((ours) =>
		sizes.filter((size) => ours.name === OURS || size === largest).map((size) => [size, ours] as const),
	);
}

function mostAbove(peaks: readonly Peak[], name: OurKind['name']): number {
	return Math.max(...peaks.filter((peak) => peak.name === name).map(({ idle, peak }) => peak - idle));
}

async function peakOf(lab: Fixture, kind: Kind, mebibytes: SizeMib, { name, env }: OurKind): Promise<Peak> {
	const dataSet = await expected(mebibytes);
	const dataSets = [dataSet];
	const toSftp = async () => {
		const server = await sftpServer(lab, { roundTripMs: 0 });
		try {
			const report = await runOurs(lab, { dataSets, place: onSftp(server), env });
			await server.accept([{ name: fileOf(dataSet.id), bytes: dataSet.bytes }]);
			return report;
		} finally {
			await server.close();
		}
	};
	const toAzure = async () => {
		const server = await azureServer(lab, 0);
		try {
			const report = await runOurs(lab, { dataSets, place: onAzure(server), env });
			await server.accept(fileOf(dataSet.id), dataSet.bytes);
			return report;
		} finally {
			await server.close();
		}
	};
	const { residentBefore, residentPeak } = await (kind === 'SFTP' ? toSftp() : toAzure());
	return { kind, mebibytes, name, idle: residentBefore / MEBIBYTE, peak: residentPeak / MEBIBYTE };
}

/** Between the largest and the smallest peak, as the machine is. */
function spanOf(peaks: readonly Peak[], kind: Kind): number {
	const ofKind = peaks.filter((peak) => peak.kind === kind && peak.name === OURS).map(({ peak }) => peak);
	return Math.max(...ofKind) - Math.min(...ofKind);
}

function detailOf({ kind, mebibytes, name, idle, peak }: Peak): Detail {
	const whole = { idle: Math.round(idle), peak: Math.round(peak), above: Math.round(peak - idle) };
	return { to: kind, MiB: mebibytes, by: name, ...whole };
}
