import type { Skipped } from '../../core/transfer/receipt';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import type { Written } from './check';
import { placesFor } from './oracle/names';
import type { Settings } from './settings';
import type { Spot } from './spot';
import type { Stage } from './stage';

/** Writes the same again where it is already, in an n8n that knows nothing of it, and expects what If Exists and Only If Changed promise. */
export async function expectAgain(stage: Stage, spot: Spot, settings: Settings, first: Written): Promise<void> {
	const { ifExists = 'replace' } = settings.publishing;
	// What a limit cut off is written anew.
	const onlyIfChanged = settings.publishing.onlyIfChanged === true && !first.chosen.isCutShort;
	const { dataSet } = first.data;
	const before = await spot.paths();
	const contents = await digestAll(spot, before);
	const outcome = await stage.write({ dataSet, settings, spot });
	if (onlyIfChanged || ifExists === 'skip') {
		const skipped = receiptOf(outcome) as unknown as Skipped;
		expect(skipped).toMatchObject({ skipped: onlyIfChanged ? 'unchanged' : 'exists', target: first.receipt.target });
		expect(outcome.asked.exports).toBe(0);
		return expect(await digestAll(spot, before)).toEqual(contents);
	}
	if (ifExists === 'fail') {
		expect(outcome.run.error).toMatchObject({
			type: 'targetExists',
			message: expect.stringContaining('already exists'),
		});
		return expect(await digestAll(spot, await spot.paths())).toEqual(contents);
	}
	const receipt = receiptOf(outcome);
	const number = ifExists === 'addNumber' ? 1 : 0;
	const places = placesFor(settings, first.data, new Date(String(receipt.startedAt)), number);
	const added = first.receipt.files.map((_, index) => places.folder + places.file(index + 1));
	const done =
		settings.publishing.doneFile === undefined || settings.publishing.doneFile === 'none'
			? []
			: [places.folder + places.done];
	expect(await spot.paths()).toEqual([...new Set([...before, ...added, ...done])].sort());
}

async function digestAll(spot: Spot, paths: readonly string[]): Promise<ReadonlyArray<readonly [string, string]>> {
	return await Promise.all(paths.map(async (path) => [path, (await spot.read(path)).toString('base64')] as const));
}
