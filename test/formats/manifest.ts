import { tableOf } from './oracle/table';
import type { Settings } from './settings';
import type { Spot } from './spot';
import type { Written } from './check';

/** Expects the done file that was asked for, and that it tells what the receipt does. */
export async function expectManifest(
	spot: Spot,
	settings: Settings,
	{ receipt, places, data }: Written,
): Promise<void> {
	const { doneFile = 'none' } = settings.publishing;
	const path = places.folder + places.done;
	const told = doneFile === 'none' ? undefined : decodeURIComponent(spot.addressOf(path));
	expect(receipt.doneFile && decodeURIComponent(receipt.doneFile)).toBe(told);
	if (doneFile === 'none') return;
	const content = await spot.read(path);
	if (doneFile === 'empty') return expect(content).toHaveLength(0);
	const { id, name, updatedAt, dataCurrentAt } = data.dataSet;
	expect(JSON.parse(String(content))).toEqual({
		dataSet: { id, name, updatedAt, dataCurrentAt },
		schema: tableOf(data, settings.fileFormat).columns,
		rows: receipt.rows,
		bytes: receipt.bytes,
		verification: receipt.verification,
		startedAt: receipt.startedAt,
		writtenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		files: receipt.files.map((file) => ({ ...file, target: undefined })),
	});
}
