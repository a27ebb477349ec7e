import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barsOf, barText, isMet } from '../../bench/report/bars';
import { picture } from '../../bench/report/picture';
import { between } from '../../bench/report/report';
import { summed } from '../../bench/report/result';
import { readResults, writeProfile, writeResult } from '../../bench/report/resultFiles';
import { detailRows, markdown, plain, resultRows } from '../../bench/report/table';

const MACHINE = {
	cores: 2,
	processor: 'some',
	aes: true,
	shaNi: true,
	memoryGib: 4,
	system: 'Linux',
	node: '24',
	filesInMemory: true,
};
const WAN = {
	case: 'sftp-wan',
	title: 'A file far away',
	unit: 'MB/s',
	samples: new Map([
		['ours', [60, 50, 70]],
		['rclone copyurl', [20, 40, 30]],
		['OpenSSH sftp', [40, 40, 40]],
	]),
	handicaps: { 'OpenSSH sftp': 'reads a local file' },
};

it('sums a case up: medians, ratios of medians, spread and bars', () => {
	const result = summed(WAN, MACHINE, 0.123);
	expect(result).toMatchObject({
		case: 'sftp-wan',
		unit: 'MB/s',
		smallerIsBetter: false,
		ours: 60,
		peers: { 'rclone copyurl': 30, 'OpenSSH sftp': 40 },
		ratios: { 'rclone copyurl': 2, 'OpenSSH sftp': 1.5 },
		spread: { ours: { min: 50, max: 70 }, 'rclone copyurl': { min: 20, max: 40 } },
		rounds: 3,
		machine: MACHINE,
		load: 0.123,
	});
	// The peer that did not run has no verdict.
	expect(result.bars).toEqual([
		{ of: 'rclone copyurl', least: 4.5, value: 2, ok: false },
		{ of: 'OpenSSH sftp', least: 1.7, value: 1.5, ok: false },
	]);
});

it('judges before it rounds', () => {
	const samples = new Map([
		['ours', [1.0996]],
		['rclone copyurl', [1]],
	]);
	expect(summed({ ...WAN, case: 'sftp-lan', samples }, MACHINE, 0).bars).toEqual([
		{ of: 'rclone copyurl', least: 1.1, hasSha: true, value: 1.1, ok: false },
	]);
});

it('says which way is better, and judges figures that are no medians', () => {
	const measured = {
		case: 'memory',
		title: '',
		unit: 'MiB',
		smallerIsBetter: true,
		samples: new Map([['ours', [170]]]),
	};
	const { bars, smallerIsBetter } = summed({ ...measured, figures: { 'between 64 MiB and 8 GiB': 12 } }, MACHINE, 0);
	expect(smallerIsBetter).toBe(true);
	expect(bars.map(({ ok }) => ok)).toEqual([false, true]);
});

const BOTH = {
	...WAN,
	case: 'azure',
	samples: new Map([
		['ours', [120]],
		['ours, without SHA instructions', [80]],
		['azcopy', [50]],
	]),
	handicaps: {},
};

it('compares ours without SHA instructions with the same peers, by bars of its own', () => {
	const result = summed(BOTH, MACHINE, 0);
	expect(result.ratios).toEqual({ 'ours, without SHA instructions': 1.5, azcopy: 2.4 });
	expect(result.ratiosWithoutSha).toEqual({ azcopy: 1.6 });
	expect(result.bars).toEqual([
		{ of: 'azcopy', least: 2.3, hasSha: true, value: 2.4, ok: true },
		{ of: 'azcopy', least: 2, hasSha: false, value: 1.6, ok: false, withoutSha: true },
	]);
	expect(plain(resultRows(result)).split('\n')).toEqual([
		'                                   MB/s (more is better)   min   max   ours ÷ it     bar        without SHA ÷ it   bar',
		'  ours                                               120   120   120',
		'  ours, without SHA instructions                      80    80    80       1.5 ×',
		'  azcopy                                              50    50    50       2.4 ×   ≥ 2.3   ok              1.6 ×   ≥ 2   short',
	]);
});

it('puts the bar of ours beside ours without SHA instructions, too', () => {
	const samples = new Map([
		['ours', [17]],
		['ours, without SHA instructions', [19]],
	]);
	const rows = resultRows(summed({ ...BOTH, case: 'loop', samples, smallerIsBetter: true }, MACHINE, 0));
	expect(rows.slice(1).map((row) => row.slice(5))).toEqual([
		['≤ 18', 'ok', '', '', ''],
		['', '', '', '≤ 20', 'ok'],
	]);
});

it('names ours for a processor without SHA instructions, and judges it by their bars', () => {
	const samples = new Map([
		['ours', [110]],
		['azcopy', [50]],
	]);
	const result = summed({ ...BOTH, samples }, { ...MACHINE, shaNi: false }, 0);
	expect(result.bars).toEqual([{ of: 'azcopy', least: 2, hasSha: false, value: 2.2, ok: true }]);
	expect(resultRows(result).map(([name]) => name)).toEqual(['', 'ours, without SHA instructions', 'azcopy']);
});

it('will not sum up a case without us', () => {
	expect(() => summed({ ...WAN, samples: new Map() }, MACHINE, 0)).toThrow('nothing of ours');
});

it('knows the bars of the issue', () => {
	expect(barsOf('workers', true)).toEqual([]);
	expect([true, false].map((hasSha) => barsOf('loop', hasSha).map(barText))).toEqual([['≤ 18'], ['≤ 20']]);
	expect(barsOf('sftp-wan', true).map(barText)).toEqual(['≥ 30', '≥ 4.5', '≥ 1.7', '≥ 0.6']);
	expect(barsOf('sftp-wan', false).map(barText)).toEqual(['≥ 30', '≥ 4.5', '≥ 1.7', '≥ 0.9']);
	expect(barsOf('azure', false).map(barText)).toEqual(['≥ 2', '≥ 1.1']);
	expect([isMet({ of: 'x', least: 2 }, 2), isMet({ of: 'x', most: 2 }, 2.1)]).toEqual([true, false]);
});

it('writes tables for a terminal and for Markdown', () => {
	const rows = resultRows(summed(WAN, MACHINE, 0));
	expect(plain(rows).split('\n')).toEqual([
		'                                      MB/s (more is better)   min   max   ours ÷ it     bar',
		'  ours                                                   60    50    70',
		'  rclone copyurl                                         30    20    40         2 ×   ≥ 4.5   short',
		'  OpenSSH sftp (reads a local file)                      40    40    40       1.5 ×   ≥ 1.7   short',
	]);
	expect(
		markdown([
			['a|b', 'n'],
			['x', '1'],
		]),
	).toBe('| a\\|b |   n |\n| ---- | --: |\n| x    |   1 |');
	expect(detailRows([])).toEqual([]);
	expect(detailRows([{ to: 'SFTP', MiB: 64 }])).toEqual([
		['to', 'MiB'],
		['SFTP', '64'],
	]);
});

it('keeps results by case and leaves profiles aside', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'results-'));
	const result = summed(WAN, MACHINE, 0);
	await writeResult(folder, result);
	await writeProfile(folder, 'sftp-wan', { functions: [], places: [], seconds: 1 });
	expect(JSON.parse(await readFile(join(folder, 'sftp-wan.json'), 'utf8'))).toEqual(result);
	expect([...(await readResults(folder)).keys()]).toEqual(['sftp-wan']);
	expect((await readResults(join(folder, 'none'))).size).toBe(0);
	await rm(folder, { recursive: true });
});

it('writes between the markers and nowhere else', () => {
	const text = 'a\n<!-- written by the bench -->\nold\n<!-- end of what the bench writes -->\nz\n';
	const written = between(text, 'new');
	expect(written).toBe('a\n<!-- written by the bench -->\n\nnew\n\n<!-- end of what the bench writes -->\nz\n');
	expect(between(written, 'new')).toBe(written);
	expect(() => between('no markers', 'new')).toThrow('no place');
});

it('draws a line for each contender, with its name and its points', () => {
	const svg = picture([
		{ 'round trip, ms': 0, ours: 120, put: 1.7 },
		{ 'round trip, ms': 100, ours: 60, put: 0.5 },
	]);
	expect(svg.match(/<polyline/g)).toHaveLength(2);
	expect(svg).toContain('>ours 60<');
	expect(svg).toContain('round trip to the server, ms');
	expect(svg).toContain('prefers-color-scheme:dark');
	expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});
