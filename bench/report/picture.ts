import { OURS } from '../subjects/subject';
import { ROUND_TRIP } from '../cases/rtt';
import type { Detail } from './result';

const WIDTH = 840;
const HEIGHT = 420;
const PLOT = { left: 64, right: 560, top: 48, bottom: 360 } as const;

/** Lines of the scale; throughput is drawn on a logarithmic one, as the slowest is a hundredth of the fastest. */
const DECADES = [0.1, 1, 10, 100, 1000] as const;
const MINOR = [2, 5] as const;

/** Ours first; told apart by dashes too. */
const STROKES = [
	{ light: '#0b6bcb', dark: '#5aa9ff', dash: '' },
	{ light: '#b3470a', dark: '#ff9d5c', dash: '8 4' },
	{ light: '#3d7a1f', dark: '#8fd46b', dash: '2 4' },
	{ light: '#8a2a86', dark: '#e08bdc', dash: '10 3 2 3' },
	{ light: '#555555', dark: '#bbbbbb', dash: '4 4' },
] as const;

/** Draws throughput against round-trip time, a line for each contender; light and dark follow the reader's own choice. */
export function picture(details: readonly Detail[]): string {
	const distances = details.map((row) => Number(row[ROUND_TRIP]));
	const names = Object.keys(details[0] ?? {}).filter((name) => name !== ROUND_TRIP);
	const lines = names.map((name) => ({ name, values: details.map((row) => Number(row[name])) }));
	const all = lines.flatMap(({ values }) => values);
	const [low, high] = [floor(Math.min(...all)), ceiling(Math.max(...all))];
	const x = (ms: number): number => between(PLOT.left, PLOT.right, ms / Math.max(...distances, 1));
	const y = (value: number): number => between(PLOT.bottom, PLOT.top, Math.log(value / low) / Math.log(high / low));
	const labels = apart(lines.map(({ values }) => y(values.at(-1) ?? low)));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
		'<title>Throughput against round-trip time</title>',
		`<style>${style()}</style>`,
		`<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
		`<text class="title" x="${PLOT.left}" y="24">One DataSet of 256 MiB to an SFTP server: throughput against round-trip time</text>`,
		...scale(low, high).map((value) => gridLine(value, y(value))),
		...distances.map((ms) => `<text class="x" x="${x(ms)}" y="${PLOT.bottom + 20}">${ms}</text>`),
		`<text class="x" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 44}">round trip to the server, ms</text>`,
		`<text class="x" transform="translate(18 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)">MB/s (logarithmic)</text>`,
		...lines.map(({ name, values }, at) =>
			drawn(
				name,
				at,
				values.map((value, index) => [x(distances[index] ?? 0), y(value)]),
				labels[at] ?? 0,
				values,
			),
		),
		'</svg>\n',
	].join('\n');
}

function style(): string {
	const colours = (tone: 'light' | 'dark'): string =>
		STROKES.map((stroke, at) => `.s${at}{stroke:${stroke[tone]}}.f${at}{fill:${stroke[tone]}}`).join('');
	const dashes = STROKES.map(({ dash }, at) => (dash === '' ? '' : `.s${at}{stroke-dasharray:${dash}}`)).join('');
	return [
		'text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600;font-size:14px}',
		'.x{text-anchor:middle}.y{text-anchor:end}.paper{fill:#fff}.grid{stroke:#d0d7de}',
		`polyline{fill:none;stroke-width:2}.s0{stroke-width:3.5}.ours{font-weight:700}${colours('light')}${dashes}`,
		`@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.grid{stroke:#30363d}${colours('dark')}}`,
	].join('');
}

function gridLine(value: number, y: number): string {
	return `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/><text class="y" x="${PLOT.left - 8}" y="${y + 4}">${value}</text>`;
}

function drawn(
	name: string,
	at: number,
	points: ReadonlyArray<readonly [number, number]>,
	labelY: number,
	values: readonly number[],
): string {
	const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
	const dots = points
		.map(([x, y]) => `<circle class="f${at}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5"/>`)
		.join('');
	const weight = name === OURS ? ' ours' : '';
	const label = `<text class="f${at}${weight}" x="${PLOT.right + 12}" y="${labelY + 4}">${name} ${values.at(-1) ?? ''}</text>`;
	return `<polyline class="s${at}" points="${path}"/>${dots}${label}`;
}

/** Moves labels down until none covers another. */
function apart(wanted: readonly number[]): number[] {
	const order = wanted.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y);
	for (const [index, label] of order.entries()) label.y = Math.max(label.y, (order[index - 1]?.y ?? -Infinity) + 18);
	return order.sort((a, b) => a.at - b.at).map(({ y }) => y);
}

function scale(low: number, high: number): number[] {
	const all = DECADES.flatMap((decade) => [decade, ...MINOR.map((factor) => Number((decade * factor).toPrecision(2)))]);
	return all.filter((value) => value >= low && value <= high);
}

/** The next line of the scale below, or above. */
const floor = (value: number): number => scale(0, value).sort((a, b) => b - a)[0] ?? DECADES[0];
const ceiling = (value: number): number => scale(value, Infinity).sort((a, b) => a - b)[0] ?? value;

const between = (from: number, to: number, share: number): number => from + (to - from) * share;
