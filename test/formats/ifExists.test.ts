import { nasty } from '../../sandbox/domo/edgeCases';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { KINDS } from '../nodes/DomoWriteback/places';
import { together } from './axes';
import type { Publishing } from './settings';
import { openSpot } from './spot';
import { aStage } from './stage';

const stage = aStage();

const { dataSet } = nasty();
const settingsFor = (ifExists: Publishing['ifExists']) =>
	together([{ publishing: { ifExists }, names: { selectFilename: 'filename', filename: 'report' } }]);

describe.each(KINDS)('a file of somebody else on %s', (kind) => {
	/** A place with such a file, after a writeback to it. */
	async function after(ifExists: Publishing['ifExists'], taken: readonly string[] = ['report.csv']) {
		const spot = await openSpot(kind, stage().bench);
		for (const path of taken) await spot.put(path, 'old');
		const outcome = await stage().write({ dataSet, settings: settingsFor(ifExists), spot });
		return { spot, outcome, old: async () => String(await spot.read('report.csv')) };
	}

	test('is replaced by Replace', async () => {
		const { spot, outcome, old } = await after('replace');
		expect(receiptOf(outcome)).toMatchObject({ fileName: 'report.csv' });
		expect(await old()).not.toBe('old');
		expect(await spot.paths()).toEqual(['report.csv']);
	});

	test('stays with Fail, and no data is asked for', async () => {
		const { spot, outcome, old } = await after('fail');
		expect(outcome.run.error).toMatchObject({
			type: 'targetExists',
			message: expect.stringContaining('already exists'),
			description: expect.stringContaining('If Exists'),
		});
		expect(outcome.asked.exports).toBe(0);
		expect(await old()).toBe('old');
		expect(await spot.paths()).toEqual(['report.csv']);
	});

	test('stays with Skip, which says so, and no data is asked for', async () => {
		const { spot, outcome, old } = await after('skip');
		expect(receiptOf(outcome)).toMatchObject({ skipped: 'exists', skippedNote: expect.stringContaining('exists') });
		expect(outcome.asked.exports).toBe(0);
		expect(await old()).toBe('old');
		expect(await spot.paths()).toEqual(['report.csv']);
	});

	test('stays with Add Number, which takes the first number that is free', async () => {
		const { spot, outcome, old } = await after('addNumber', ['report.csv', 'report-1.csv']);
		expect(receiptOf(outcome)).toMatchObject({ fileName: 'report-2.csv' });
		expect(await old()).toBe('old');
		expect(await spot.paths()).toEqual(['report-1.csv', 'report-2.csv', 'report.csv']);
	});
});
