import { OURS, WITHOUT_SHA } from '../subjects/subject';
import { barText } from './bars';
import type { Detail, Result, Verdict } from './result';

/** Cells of text, the headings first. */
export type Table = ReadonlyArray<readonly string[]>;

/** What a result says, one row for each contender and for each bar that is about none of them. */
export function resultRows(result: Result): Table {
	const { unit, smallerIsBetter, ours, peers, spread, bars, ratiosWithoutSha } = result;
	const better = smallerIsBetter ? 'less is better' : 'more is better';
	const contenders = Object.entries({ [OURS]: ours, ...peers }).map(([name, value]) => {
		const { min, max } = spread[name] ?? { min: value, max: value };
		return [nameText(name, result), ...[value, min, max].map(String), ...comparisons(name, result)];
	});
	const others = bars.filter(({ of, withoutSha }) => withoutSha !== true && of !== OURS && peers[of] === undefined);
	const second = ratiosWithoutSha ? ['without SHA ÷ it', 'bar', ''] : [];
	return [
		['', `${unit} (${better})`, 'min', 'max', 'ours ÷ it', 'bar', '', ...second],
		...contenders,
		...others.map((bar) => [...[bar.of, String(bar.value), '', '', '', ...verdictCells(bar)], ...second.map(() => '')]),
	];
}

/** On a processor without SHA instructions, ours is named for that. */
function nameText(name: string, { handicaps, machine }: Result): string {
	const shown = name === OURS && machine.shaNi === false ? WITHOUT_SHA : name;
	return handicaps[name] === undefined ? shown : `${shown} (${handicaps[name]})`;
}

/** Ours beside a contender, and ours without SHA instructions beside it where that ran too. */
function comparisons(name: string, { ratios, ratiosWithoutSha, bars }: Result): string[] {
	const judged = bars.find(({ of, withoutSha }) => withoutSha !== true && of === name);
	const first = [ratioText(ratios[name]), ...verdictCells(judged)];
	if (!ratiosWithoutSha) return first;
	// Its own row has the bar that ours has.
	const of = name === WITHOUT_SHA ? OURS : name === OURS ? undefined : name;
	const judgedWithout = bars.find((bar) => bar.withoutSha === true && bar.of === of);
	return [...first, ratioText(ratiosWithoutSha[name]), ...verdictCells(judgedWithout)];
}

const ratioText = (ratio: number | undefined): string => (ratio === undefined ? '' : `${ratio} ×`);

function verdictCells(bar: Verdict | undefined): string[] {
	return bar === undefined ? ['', ''] : [barText(bar), bar.ok ? 'ok' : 'short'];
}

/** More that was measured; nothing when there is none. */
export function detailRows(details: readonly Detail[]): Table {
	const headings = Object.keys(details[0] ?? {});
	return details.length === 0
		? []
		: [headings, ...details.map((row) => headings.map((name) => String(row[name] ?? '')))];
}

/** A result for a terminal. */
export function resultTable(result: Result): string {
	return [resultRows(result), detailRows(result.details)]
		.filter((table) => table.length > 0)
		.map(plain)
		.join('\n\n');
}

/** Columns aligned: the first to the left, the others to the right. */
export function plain(table: Table): string {
	const widths = widthsOf(table);
	const line = (cells: readonly string[]): string =>
		cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('   ');
	return table.map((cells) => `  ${line(cells)}`.trimEnd()).join('\n');
}

/** The same for Markdown, aligned as prettier would. */
export function markdown(table: Table): string {
	const escaped = table.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = widthsOf(escaped).map((width) => Math.max(3, width));
	const pad = (cell: string, at: number): string =>
		at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
	const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
	const [headings = [], ...rows] = escaped.map((cells) => cells.map(pad));
	return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function widthsOf(table: Table): number[] {
	const columns = table[0]?.length ?? 0;
	return Array.from({ length: columns }, (_, at) => Math.max(...table.map((cells) => cells[at]?.length ?? 0)));
}
