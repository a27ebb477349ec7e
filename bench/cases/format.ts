import { OURS } from '../subjects/subject';
import { oursFormatted } from '../subjects/formatted';
import { formats } from '../subjects/formats';
import { sftpServer } from '../fixtures/sftpServer';
import { debianPeers } from '../peerInstallers/debianPeers';
import {
	ALONE,
	BINARY,
	BINARY_RATIO,
	CSV,
	CSV_SPEED,
	FILTERED,
	FILTERED_RATIO,
	FILTERED_SPEED,
	FORMAT_LOOP,
	FORMAT_MEMORY,
	GZIP,
	GZIP_RATIO,
	NODE_STREAMS,
	PASS,
} from '../report/bars';
import { readProfiles } from '../report/profile';
import type { Detail, Measured } from '../report/result';
import { median, rounded } from '../report/statistics';
import { type BinaryRuns, binaryRuns } from './binaryRuns';
import type { Case } from './case';
import { type FormatRuns, formatRuns, type FormatWork, passAndAlone, peaksOf } from './formatRuns';

const SIZES = { speed: 256, memory: [64, 2048] } as const;
const QUICK = { speed: 16, memory: [8, 32] } as const;

export const formatCase: Case = {
	name: 'format',
	title: `One DataSet of ${SIZES.speed} MiB to an SFTP server on one machine: as it is, and in each format`,
	rounds: 3,
	measure: async (lab, rounds) => {
		await debianPeers(['curl', 'ssh', 'mlr', 'gzip', 'gpg'], lab);
		const ours = await sftpServer(lab, { roundTripMs: 0 });
		const theirs = await sftpServer(lab, { roundTripMs: 0, shell: true });
		try {
			return await measureAll({ lab, rounds, ...(lab.quick ? QUICK : SIZES), ours, theirs });
		} finally {
			await Promise.all([ours.close(), theirs.close()]);
		}
	},
};

async function measureAll(work: FormatWork): Promise<Omit<Measured, 'case' | 'title'>> {
	const { pass, others } = await formats(work.lab);
	const { samples, loops } = await passAndAlone(work, pass);
	const speeds = { speeds: samples.get(OURS) ?? [], peerSpeeds: samples.get(ALONE) ?? [], loops };
	const runs: FormatRuns[] = [
		{ format: pass, ...speeds, peaks: await peaksOf(work, pass) },
		...(await formatRuns(work, others)),
	];
	const binary = await binaryRuns(work);
	const profiled = others.find(({ name }) => name === CSV);
	return {
		unit: 'MB/s',
		samples,
		handicaps: { [ALONE]: 'our node without what formats' },
		figures: figuresOf(runs, binary),
		details: [
			...runs.map((one) => detailOf(work.memory, one.format.name, one.format.peer?.name ?? ALONE, one)),
			detailOf(work.memory, BINARY, NODE_STREAMS, binary),
		],
		...(work.lab.profile && profiled && { profile: await profileOf(work, profiled) }),
	};
}

/** What bars are about beside the untouched export's speed. */
function figuresOf(runs: readonly FormatRuns[], binary: BinaryRuns): Record<string, number> {
	const named = (name: string) => runs.find(({ format }) => format.name === name);
	const [pass, csv, gzip, filtered] = [named(PASS), named(CSV), named(GZIP), named(FILTERED)];
	if (!pass || !csv || !gzip || !filtered) throw new Error('A format that a bar is about is left out');
	return {
		[CSV_SPEED]: median(csv.speeds),
		[FILTERED_SPEED]: median(filtered.speeds),
		[FILTERED_RATIO]: median(filtered.speeds) / median(pass.speeds),
		[GZIP_RATIO]: median(gzip.speeds) / median(gzip.peerSpeeds),
		...(binary.peerSpeeds.length > 0 && { [BINARY_RATIO]: median(binary.speeds) / median(binary.peerSpeeds) }),
		[FORMAT_LOOP]: Math.max(...[...runs, binary].map(({ loops }) => median(loops))),
		[FORMAT_MEMORY]: Math.max(...[...runs, binary].map(({ peaks: [small, large] }) => large - small)),
	};
}

function detailOf(
	[small, large]: FormatWork['memory'],
	format: string,
	peer: string,
	{ speeds, peerSpeeds, loops, peaks }: BinaryRuns,
): Detail {
	return {
		format,
		'MB/s': rounded(median(speeds)),
		min: rounded(Math.min(...speeds)),
		max: rounded(Math.max(...speeds)),
		peer,
		'its MB/s': rounded(median(peerSpeeds)),
		'ours ÷ it': rounded(median(speeds) / median(peerSpeeds)),
		'loop p99, ms': rounded(median(loops)),
		[`peak at ${small} MiB, MiB`]: Math.round(peaks[0]),
		[`at ${large} MiB`]: Math.round(peaks[1]),
	};
}

async function profileOf({ lab, ours: server, speed: mebibytes }: FormatWork, format: FormatRuns['format']) {
	const profileFolder = await lab.newFolder('profile');
	await oursFormatted(lab, { server, format, mebibytes }, { profileFolder });
	return await readProfiles(profileFolder);
}
