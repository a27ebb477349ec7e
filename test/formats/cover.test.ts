import { axesOf } from './axes';
import { cover, keyOf, pairsIn, pairsOf, settingsOf } from './cover';
import { isAllowed, REFUSALS } from './refused';
import { SPOT_KINDS } from './spot';

describe.each(SPOT_KINDS)('to %s', (kind) => {
	const axes = axesOf(kind);
	const choices = cover(axes, isAllowed);

	test('every two values that can be set together are in one case at least', () => {
		const covered = new Set(choices.flatMap((choice) => pairsIn(axes, choice)));
		expect(pairsOf(axes, isAllowed).filter((pair) => !covered.has(keyOf(pair)))).toEqual([]);
	});

	test('no case sets what the node refuses', () => {
		const refused = choices.filter((choice) => REFUSALS.some((one) => one.applies(settingsOf(axes, choice))));
		expect(refused).toEqual([]);
	});

	test('every value of every option is in a case', () => {
		const used = new Set(choices.flatMap((choice) => Object.entries(choice).map((entry) => entry.join('='))));
		const all = axes.flatMap(({ name, values }) => Object.keys(values).map((value) => `${name}=${value}`));
		expect(all.filter((value) => !used.has(value))).toEqual([]);
	});
});
