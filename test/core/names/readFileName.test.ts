import { named } from './names';
import { refusal } from '../refusal';

test.each([
	['sales', 'sales.csv'],
	['sales.csv', 'sales.csv'],
	['SALES.CSV', 'SALES.CSV'],
	[' sales.csv\n', 'sales.csv'],
	['sales.txt', 'sales.txt'],
	['sales.csv.gz', 'sales.csv.gz'],
	['report.2026', 'report.2026.csv'],
	['Report No. 5', 'Report No. 5.csv'],
	['a.b c', 'a.b c.csv'],
	['a..csv', 'a..csv'],
	['x.', 'x.csv'],
	['x...', 'x.csv'],
	['x .', 'x.csv'],
	['.hidden', '.hidden.csv'],
	['.hidden.csv', '.hidden.csv'],
	["o'brien & söhne", "o'brien & söhne.csv"],
	['漢字.csv', '漢字.csv'],
	['100 %', '100 %.csv'],
	['-rf', '-rf.csv'],
	['~', '~.csv'],
	['a:b*c?', 'a:b*c?.csv'],
	[`${'x'.repeat(196)}.csv`, `${'x'.repeat(196)}.csv`],
	['x'.repeat(196), `${'x'.repeat(196)}.csv`],
])('%j is stored as %j', (typed, expected) => {
	expect(named(typed)).toBe(expected);
});

test.each([
	['', 'it is empty'],
	[' \t\n', 'it is empty'],
	['.csv', 'there is no name before .csv'],
	[' .CSV ', 'there is no name before .csv'],
	['.', 'dots alone'],
	['..', 'dots alone'],
	['. . .', 'dots alone'],
	['in/sales.csv', 'it contains a folder'],
	['/sales.csv', 'it contains a folder'],
	['../sales.csv', 'it contains a folder'],
	['in\\sales.csv', 'it contains a folder'],
	['a\u0000b', 'control characters'],
	['a\nb', 'control characters'],
	['invoice\u202egpj.csv', 'control characters'],
	['a\u2028b', 'control characters'],
	['lone\ud83d', 'control characters'],
	['x'.repeat(197), 'longer than 200 bytes'],
	['漢'.repeat(66), 'longer than 200 bytes'],
])('%j is refused: %s', (typed, why) => {
	expect(refusal(() => named(typed))).toMatchObject({
		reason: 'setting',
		message: expect.stringContaining(why),
		hint: expect.stringMatching(/./),
	});
});
