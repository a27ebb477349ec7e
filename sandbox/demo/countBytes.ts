import type { SandboxDataSet } from '../domo/domo';

/** DataSets that count what they hand out, so that a bar can follow a transfer from outside n8n. */
export function countBytes(dataSets: readonly SandboxDataSet[]) {
	const counter = { bytes: 0 };
	return { counter, dataSets: dataSets.map((dataSet) => counted(dataSet, counter)) };
}

function counted(dataSet: SandboxDataSet, counter: { bytes: number }): SandboxDataSet {
	return {
		...dataSet,
		async *csv(options) {
			for await (const chunk of dataSet.csv.call(this, options)) {
				counter.bytes += chunk.length;
				yield chunk;
			}
		},
	};
}
