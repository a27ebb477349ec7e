import { expectAgain } from './again';
import { axesOf } from './axes';
import { expectWritten } from './check';
import { cover, settingsOf } from './cover';
import { isAllowed } from './refused';
import { openSpot, SPOT_KINDS } from './spot';
import { aStage } from './stage';

const stage = aStage();

describe.each(SPOT_KINDS)('to %s', (kind) => {
	const axes = axesOf(kind);
	const cases = cover(axes, isAllowed).map((choice) => {
		const set = Object.entries(choice).filter(([, value]) => value !== 'unset');
		return [set.map(([name, value]) => `${name} ${value}`).join(' · ') || 'nothing', settingsOf(axes, choice)] as const;
	});

	test.each(cases)('%s', async (_, settings) => {
		const spot = await openSpot(kind, stage().bench);
		const written = await expectWritten(stage(), spot, settings);
		if (written !== undefined) await expectAgain(stage(), spot, settings, written);
	});
});
