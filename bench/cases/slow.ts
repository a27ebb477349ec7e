import { contest, entrants, handicapsOf } from '../contest';
import type { Fixture } from '../fixtures/fixture';
import { debianPeers } from '../peerInstallers/debianPeers';
import { RCLONE } from '../report/bars';
import type { Detail } from '../report/result';
import { median, rounded } from '../report/statistics';
import { MEBIBYTE, sized, type SizeMib } from '../servers/dataSets';
import { expected } from '../subjects/expected';
import { ourKinds } from '../subjects/ourKinds';
import { UNHASHING } from '../subjects/rclone';
import { type Destination, ourSlowCopy, rcloneSlowCopy, type SlowCopy } from '../subjects/slowCopy';
import type { Subject } from '../subjects/subject';
import type { Case } from './case';

const SIZES: readonly SizeMib[] = [64, 1024];
const QUICK_SIZES: readonly SizeMib[] = [64];

/** Domo's own exports come at 5 to 30 MB/s. */
const MEGABYTES_PER_SECOND = 20;

const GIBIBYTE_MIB = 1024;

/** One copy, and what was copied by whom. */
interface Run extends SlowCopy {
	readonly by: string;
	readonly to: Destination;
	readonly mebibytes: SizeMib;
}

export const slowCase: Case = {
	name: 'slow',
	title: `From the last byte of an export at ${MEGABYTES_PER_SECOND} MB/s to the end of the copy, at the longest of ${SIZES.join(' and ')} MiB to an SFTP server and to Azurite on one machine`,
	rounds: 2,
	measure: async (lab, rounds) => {
		await debianPeers(['rclone'], lab);
		const sizes = lab.quick ? QUICK_SIZES : SIZES;
		const ids = sizes.map((size) => sized(size).id);
		try {
			for (const id of ids) await lab.domo.pace(id, MEGABYTES_PER_SECOND * 1e6);
			return await compared(lab, rounds, sizes);
		} finally {
			for (const id of ids) await lab.domo.pace(id);
		}
	},
};

async function compared(lab: Fixture, rounds: number, sizes: readonly SizeMib[]) {
	const runs: Run[] = [];
	/** Makes every copy once; its figure is the longest wait. */
	const everyCopy = (by: string, copy: (to: Destination, mebibytes: SizeMib) => Promise<SlowCopy>) => async () => {
		const waits: number[] = [];
		for (const to of ['SFTP', 'Azure'] as const) {
			for (const mebibytes of sizes) {
				const copied = await copy(to, mebibytes);
				runs.push({ ...copied, by, to, mebibytes });
				waits.push(copied.tailSeconds);
			}
		}
		return Math.max(...waits);
	};
	const rclone = everyCopy(RCLONE, async (to, size) => await rcloneSlowCopy(lab, to, await expected(size)));
	const contenders: Subject[] = [
		...ourKinds().map((kind) => {
			const run = everyCopy(kind.name, async (to, size) => await ourSlowCopy(lab, to, await expected(size), kind));
			return { name: kind.name, run };
		}),
		{ name: RCLONE, handicap: UNHASHING, run: rclone },
	];
	const samples = await contest(entrants(contenders, lab), rounds, lab.told('s'));
	const details = slowDetails(runs);
	return { unit: 's', smallerIsBetter: true, samples, details, handicaps: handicapsOf(contenders) };
}

/** One row for each contender, destination and size: medians of its rounds. */
export function slowDetails(runs: readonly Run[]): Detail[] {
	const keyOf = ({ by, to, mebibytes }: Run): string => `${by} ${to} ${mebibytes}`;
	const firsts = runs.filter((run, at) => runs.findIndex((other) => keyOf(other) === keyOf(run)) === at);
	return firsts.map((first) => {
		const group = runs.filter((run) => keyOf(run) === keyOf(first));
		const middle = (figure: (run: Run) => number): number => median(group.map(figure));
		const { by, to, mebibytes } = first;
		return {
			by,
			to,
			MiB: mebibytes,
			'export, s': rounded(middle(({ exportSeconds }) => exportSeconds)),
			'then, s': rounded(middle(({ tailSeconds }) => tailSeconds)),
			'processor, s per GiB': rounded((middle(({ cpuMs }) => cpuMs) / 1000 / mebibytes) * GIBIBYTE_MIB),
			'peak, MiB': Math.round(middle(({ residentPeak }) => residentPeak) / MEBIBYTE),
			'before it, MiB': Math.round(middle(({ residentBefore }) => residentBefore) / MEBIBYTE),
		};
	});
}
