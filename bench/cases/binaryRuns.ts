import { contest } from '../contest';
import { nodeStreams, oursBinary } from '../subjects/binary';
import { expected } from '../subjects/expected';
import { megabytesPerSecond } from '../subjects/subject';
import { BINARY, NODE_STREAMS } from '../report/bars';
import { MEBIBYTE, type SizeMib } from '../servers/dataSets';
import type { FormatWork } from './formatRuns';

/** What the destination n8n Binary File came to. Speeds in MB/s of the export, one a round. */
export interface BinaryRuns {
	readonly speeds: readonly number[];
	readonly peerSpeeds: readonly number[];
	/** p99 of the event loop's delay in each run of ours, in ms. */
	readonly loops: readonly number[];
	/** Most resident memory, in MiB, at the two sizes. */
	readonly peaks: readonly [number, number];
}

/** Our node in n8n's filesystem mode and Node's own streams, in turn. */
export async function binaryRuns({ lab, rounds, speed: mebibytes, memory }: FormatWork): Promise<BinaryRuns> {
	const loops: number[] = [];
	const { bytes } = await expected(mebibytes);
	const ours = async () => {
		const { wallMs, loopP99 } = await oursBinary(lab, mebibytes);
		loops.push(loopP99);
		return megabytesPerSecond(bytes, wallMs);
	};
	const theirs = async () => megabytesPerSecond(bytes, await nodeStreams(lab, mebibytes));
	const peer = lab.against === undefined ? [{ name: NODE_STREAMS, run: theirs }] : [];
	const samples = await contest([{ name: BINARY, run: ours }, ...peer], rounds, lab.told('MB/s'));
	const peak = async (size: SizeMib) => (await oursBinary(lab, size)).residentPeak / MEBIBYTE;
	const small = [await peak(memory[0]), await peak(memory[0]), await peak(memory[0])];
	return {
		speeds: samples.get(BINARY) ?? [],
		peerSpeeds: samples.get(NODE_STREAMS) ?? [],
		loops,
		peaks: [Math.max(...small), await peak(memory[1])],
	};
}
