import { startProxy } from '../../../bench/proxy/proxy';
import { type FaultyLine, startFaultyLine } from '../../../sandbox/faultyLine';
import type { Draw } from '../draw';
import { EVER } from '../wrongs';

/** What a login or a few requests come to, beside the data. */
const BESIDE_BYTES = 6_000;

/** The way to a server: as long as was drawn, and going wrong where it was drawn. */
export async function lineTo(port: number, drawn: Draw, bytes: number): Promise<FaultyLine> {
	const far = drawn.roundTripMs === 0 ? undefined : await startProxy({ targetPort: port, ...drawn });
	// Nothing but the SSH protocol notices a byte that changed: HTTP leaves that to TLS.
	const faults = (drawn.line ?? []).filter(({ how }) => how !== 'corrupt' || drawn.place !== 'azureBlob');
	let met = 0;
	const line = await startFaultyLine(far?.port ?? port, () => {
		const fault = faults[Math.min(met, drawn.isLineDead ? 0 : EVER)];
		if (fault === undefined) return undefined;
		met += 1;
		const isAgain = drawn.isLineDead && met > 1;
		return { how: fault.how, atByte: isAgain ? 1 : 1 + Math.floor(fault.at * (bytes + BESIDE_BYTES)) };
	});
	return {
		...line,
		close: async () => {
			await line.close();
			await far?.close();
		},
	};
}
