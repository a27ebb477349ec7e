import type { IDataObject } from 'n8n-workflow';
import { nasty } from '../../sandbox/domo/edgeCases';
import { expectNothingSent } from '../nodes/DomoWriteback/nothingSent';
import { REFUSALS } from './refused';
import { parametersOf, type Settings } from './settings';
import { openSpot } from './spot';
import { aStage } from './stage';

const stage = aStage();

const { id } = nasty().dataSet;
const settingsOf = (example: Partial<Settings>): Settings => ({
	rows: {},
	fileFormat: {},
	publishing: {},
	names: {},
	...example,
});

/** n8n leaves out options that it does not show for a format; with an expression it cannot know, and leaves them in. */
function withoutEditor(settings: Settings): IDataObject {
	const typed = parametersOf(settings, {});
	const { format } = settings.fileFormat;
	return {
		...typed,
		fileFormat: { ...Object(typed.fileFormat), ...(format && { format: `={{ ${JSON.stringify(format)} }}` }) },
	};
}

test.each(REFUSALS.map((refusal) => [refusal.what, refusal] as const))('%s: its example is one', (_, refusal) => {
	expect(refusal.applies(settingsOf(refusal.example))).toBe(true);
});

test.each(REFUSALS.filter(({ byCell }) => byCell !== true).map((refusal) => [refusal.what, refusal] as const))(
	'%s is told before anything is sent',
	async (_, { example, says, hint }) => {
		const parameters = withoutEditor(settingsOf(example));
		await expectNothingSent(stage().bench, 'sftp', { dataSetId: id, parameters, says, hint });
	},
);

test.each(REFUSALS.filter(({ byCell }) => byCell === true).map((refusal) => [refusal.what, refusal] as const))(
	'%s is told with the cell, and nothing is left',
	async (_, { example, says, hint }) => {
		const spot = await openSpot('sftp', stage().bench);
		const { run } = await stage().write({ dataSet: { id }, settings: settingsOf(example), spot });
		expect(run.error).toMatchObject({ type: 'setting', message: expect.stringMatching(says) });
		expect(run.error).toMatchObject({ description: expect.stringMatching(hint) });
		expect(await spot.paths()).toEqual([]);
	},
);
