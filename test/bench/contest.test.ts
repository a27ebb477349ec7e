import { contest, entrants, handicapsOf } from '../../bench/contest';
import { median, ratiosText, rounded } from '../../bench/report/statistics';

it.each([
	[[5], 5],
	[[3, 1, 2], 2],
	[[4, 1, 3, 2], 2.5],
	[[10, 9, 100], 10],
])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

it('has no median of nothing', () => expect(() => median([])).toThrow('nothing'));

it.each([
	[123.456, 123],
	[0.012345, 0.0123],
	[1234.5, 1230],
])('rounds %d to %d', (value, expected) => expect(rounded(value)).toBe(expected));

it('lets everybody run in turn, round after round', async () => {
	const order: string[] = [];
	const runner = (name: string) => async () => order.push(name);
	const contenders = [
		{ name: 'ours', run: runner('ours') },
		{ name: 'peer', handicap: 'less data', run: runner('peer') },
	];
	const told: string[] = [];
	const samples = await contest(contenders, 2, (...what) => void told.push(what.join(' ')));
	expect(order).toEqual(['ours', 'peer', 'ours', 'peer']);
	expect(Object.fromEntries(samples)).toEqual({ ours: [1, 3], peer: [2, 4] });
	expect(told).toEqual(['1 ours 1', '1 peer 2', '2 ours 3', '2 peer 4']);
	expect(handicapsOf(contenders)).toEqual({ peer: 'less data' });
});

it('leaves peers out where two builds of ours are compared', () => {
	const contenders = ['ours', 'ours, without SHA instructions', 'rclone copyurl'].map((name) => ({
		name,
		run: async () => 1,
	}));
	expect(entrants(contenders, {})).toEqual(contenders);
	expect(entrants(contenders, { against: '/another/build' })).toEqual(contenders.slice(0, 2));
});

it('says what pairs of figures come to', () =>
	expect(
		ratiosText([
			[110, 100],
			[90, 100],
			[105, 100],
		]),
	).toBe('1.05 × (0.9 to 1.1): 105 beside 100'));
