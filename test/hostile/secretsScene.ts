import { inspect } from 'node:util';
import { ExecuteContext } from 'n8n-core';
import type { Engine } from '../../sandbox/engine/engine';
import type { Bench, Outcome, Typed } from '../nodes/DomoWriteback/bench';
import { byId } from '../nodes/DomoWriteback/bench';
import { readableIn } from './spellings';
import type { IDataObject } from 'n8n-workflow';

/** What a run left anywhere: the outcome, and all that n8n's log and an open editor got. */
export interface Aftermath {
	readonly outcome: Outcome;
	readonly log: readonly string[];
	readonly message: string;
}

const LEVELS = ['info', 'warn'] as const;

/** Runs the node once and listens to everything it says. */
export async function aftermathOf(
	bench: Bench,
	wish: {
		readonly parameters: IDataObject;
		readonly dataSetId: string;
		readonly typed?: Typed;
		readonly engine?: Engine;
	},
): Promise<Aftermath> {
	const log: string[] = [];
	const { logger } = ExecuteContext.prototype;
	const spies = LEVELS.map((level) =>
		jest.spyOn(logger, level).mockImplementation((...said) => void log.push(inspect(said, { depth: 9 }))),
	);
	try {
		const outcome = await bench.run({
			parameters: { ...wish.parameters, dataSet: byId(wish.dataSetId) },
			engine: wish.engine ?? bench.engine(wish.typed),
			onProgress: (message) => void log.push(inspect(message, { depth: 9 })),
		});
		return { outcome, log, message: outcome.run.error?.message ?? '' };
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

/** What can be read of a secret after a run: in the output, hints, message, stack, causes, what n8n stores, and the log. */
export function readableAfter({ outcome, log }: Aftermath, secret: string): string[] {
	const { run, good, bad } = outcome;
	const everything = { error: run.error, good, bad, hints: run.hints, customData: run.customData };
	const said = [
		inspect(everything, { depth: 12, showHidden: true }),
		JSON.stringify(everything),
		run.persisted,
		...log,
	];
	return readableIn([...said, run.error?.stack, String(run.error?.cause)].join('\n'), secret);
}
