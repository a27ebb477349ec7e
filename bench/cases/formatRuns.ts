import { contest } from '../contest';
import { type Subject, megabytesPerSecond, OURS } from '../subjects/subject';
import { expected } from '../subjects/expected';
import type { Format } from '../subjects/format';
import { oursFormatted, peerFormatted } from '../subjects/formatted';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';
import { ALONE } from '../report/bars';
import type { WritebackReport } from '../runners/job';
import { MEBIBYTE, type SizeMib } from '../servers/dataSets';

/** Everything that a run of the case `format` works with. */
export interface FormatWork {
	readonly lab: Fixture;
	readonly rounds: number;
	/** Of the DataSet that is copied for speed, and of those that are for memory. */
	readonly speed: SizeMib;
	readonly memory: readonly [least: SizeMib, most: SizeMib];
	readonly ours: SftpServer;
	/** Takes commands. */
	readonly theirs: SftpServer;
}

/** What a format came to. Speeds in MB/s of the export, one a round. */
export interface FormatRuns {
	readonly format: Format;
	readonly speeds: readonly number[];
	readonly peerSpeeds: readonly number[];
	/** p99 of the event loop's delay in each run of ours, in ms. */
	readonly loops: readonly number[];
	/** Most resident memory, in MiB, at the two sizes: in any of three runs at the first, in one at the second. */
	readonly peaks: readonly [number, number];
}

/** A difference of two per cent is less than what one transfer varies by, so a round has several, which take turns at going first. */
const TURNS = 2;

/** The untouched export, and the same transfer without the stage that formats; a figure is of all turns of a round together. */
export async function passAndAlone(work: FormatWork, format: Format) {
	const { lab, rounds, ours: server, speed: mebibytes } = work;
	const loops: number[] = [];
	const one = (name: string, formatless: boolean): Subject => ({
		name,
		run: async () => {
			const report = await oursFormatted(lab, { server, format, mebibytes }, { formatless });
			if (!formatless) loops.push(report.loopP99);
			return await speedOf(mebibytes, report.wallMs);
		},
	});
	const [pass, alone] = [one(OURS, false), one(ALONE, true)];
	const turns = Array.from({ length: TURNS }, () => [pass, alone, alone, pass]).flat();
	const samples = await contest(turns, rounds, lab.told('MB/s'));
	return { samples: new Map([...samples].map(([name, speeds]) => [name, together(speeds, 2 * TURNS)])), loops };
}

/** Speeds over the same number of bytes each, as one speed for every `count` of them: the harmonic mean. */
function together(speeds: readonly number[], count: number): number[] {
	const groups = Array.from({ length: speeds.length / count }, (_, at) => speeds.slice(at * count, (at + 1) * count));
	return groups.map((group) => count / group.reduce((sum, speed) => sum + 1 / speed, 0));
}

/** Every format beside its peer, in turn, and then the formats' memory. */
export async function formatRuns(work: FormatWork, formats: readonly Format[]): Promise<FormatRuns[]> {
	const loops = new Map<Format, number[]>(formats.map((format) => [format, []]));
	const contenders = formats.flatMap((format) => [
		ours(work, format, (report) => loops.get(format)?.push(report.loopP99)),
		...theirs(work, format),
	]);
	const samples = await contest(contenders, work.rounds, work.lab.told('MB/s'));
	const runs: FormatRuns[] = [];
	for (const format of formats) {
		runs.push({
			format,
			speeds: samples.get(format.name) ?? [],
			peerSpeeds: samples.get(format.peer?.name ?? '') ?? [],
			loops: loops.get(format) ?? [],
			peaks: await peaksOf(work, format),
		});
	}
	return runs;
}

function ours(
	{ lab, ours: server, speed: mebibytes }: FormatWork,
	format: Format,
	seen: (report: WritebackReport) => void,
): Subject {
	return {
		name: format.name,
		run: async () => {
			const report = await oursFormatted(lab, { server, format, mebibytes });
			seen(report);
			return await speedOf(mebibytes, report.wallMs);
		},
	};
}

function theirs({ lab, theirs: server, speed: mebibytes }: FormatWork, format: Format): Subject[] {
	const { peer } = format;
	if (!peer || lab.against !== undefined) return [];
	const run = async () =>
		await speedOf(mebibytes, await peerFormatted(lab, { server, format, mebibytes }, peer.filter));
	return [{ name: peer.name, run }];
}

export async function peaksOf(
	{ lab, ours: server, memory }: FormatWork,
	format: Format,
): Promise<readonly [number, number]> {
	const peak = async (mebibytes: SizeMib) => {
		const { residentPeak } = await oursFormatted(lab, { server, format, mebibytes });
		lab.told('MiB')(1, `${format.name}, ${mebibytes} MiB: peak`, residentPeak / MEBIBYTE);
		return residentPeak / MEBIBYTE;
	};
	// Runs differ by what V8 happens to take: what grows with the size rises above that.
	const small = [await peak(memory[0]), await peak(memory[0]), await peak(memory[0])];
	return [Math.max(...small), await peak(memory[1])];
}

async function speedOf(mebibytes: SizeMib, ms: number): Promise<number> {
	return megabytesPerSecond((await expected(mebibytes)).bytes, ms);
}
