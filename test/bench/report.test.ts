import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barsOf, barText, isMet } from '../../bench/report/bars';
import { picture } from '../../bench/report/picture';
import { between } from '../../bench/report/report';
import { readResults, summed, writeProfile, writeResult } from '../../bench/report/result';
import { detailRows, markdown, plain, resultRows } from '../../bench/report/table';

const MACHINE = { cores: 2, processor: 'some', memoryGib: 4, system: 'Linux', node: '24', filesInMemory: true };
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
		{ of: 'rclone copyurl', least: 2, value: 2, ok: true },
		{ of: 'OpenSSH sftp', least: 1.7, value: 1.5, ok: false },
	]);
});

it('judges before it rounds', () => {
	const samples = new Map([
		['ours', [1.0996]],
		['rclone copyurl', [1]],
	]);
	expect(summed({ ...WAN, case: 'sftp-lan', samples }, MACHINE, 0).bars).toEqual([
		{ of: 'rclone copyurl', least: 1.1, value: 1.1, ok: false },
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

it('will not sum up a case without us', () => {
	expect(() => summed({ ...WAN, samples: new Map() }, MACHINE, 0)).toThrow('nothing of ours');
});

it('knows the bars of the issue', () => {
	expect(barsOf('rtt')).toEqual([]);
	expect(barsOf('loop').map(barText)).toEqual(['≤ 25']);
	expect(barsOf('sftp-wan').map(barText)).toEqual(['≥ 30', '≥ 2', '≥ 1.7']);
	expect([isMet({ of: 'x', least: 2 }, 2), isMet({ of: 'x', most: 2 }, 2.1)]).toEqual([true, false]);
});

it('writes tables for a terminal and for Markdown', () => {
	const rows = resultRows(summed(WAN, MACHINE, 0));
	expect(plain(rows).split('\n')).toEqual([
		'                                      MB/s (more is better)   min   max   ours ÷ it     bar',
		'  ours                                                   60    50    70',
		'  rclone copyurl                                         30    20    40         2 ×     ≥ 2      ok',
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
