import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CASES } from '../cases/cases';
import { machineText } from '../fixtures/machine';
import { picture } from './picture';
import type { Profile } from './profile';
import type { Result } from './result';
import { readProfile, readResults } from './resultFiles';
import { rounded } from './statistics';
import { detailRows, markdown, resultRows } from './table';

/** What the bench writes stands between these two. */
const MARKERS = ['<!-- written by the bench -->', '<!-- end of what the bench writes -->'] as const;

const PICTURE = 'throughput.svg';

/** Functions of a profile that are worth a line. */
const MOST_FUNCTIONS = 8;
const LEAST_PERCENT = 1;

/** Writes the tables of what is kept into README.md, and the picture beside it. */
export async function writeReport(resultsFolder: string, benchFolder: string): Promise<void> {
	const results = await readResults(resultsFolder);
	const sections: string[] = [];
	for (const { name } of CASES) {
		const result = results.get(name);
		if (result) sections.push(sectionOf(result, await readProfile(resultsFolder, name)));
	}
	const rtt = results.get('rtt');
	if (rtt) await writeFile(join(benchFolder, PICTURE), picture(rtt.details));
	const file = join(benchFolder, 'README.md');
	await writeFile(file, between(await readFile(file, 'utf8'), sections.join('\n\n')));
}

/** The text with what stands between the markers replaced. */
export function between(text: string, written: string): string {
	const [begin, end] = MARKERS;
	const [from, to] = [text.indexOf(begin), text.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`The text has no place for the tables, between "${begin}" and "${end}"`);
	return `${text.slice(0, from + begin.length)}\n\n${written}\n\n${text.slice(to)}`;
}

function sectionOf(result: Result, profile: Profile | undefined): string {
	const { title, rounds, details, load } = result;
	const drawn = result.case === 'rtt' ? [`![Throughput against round-trip time](${PICTURE})`] : [];
	return [
		`### ${result.case}`,
		`${title}. ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; ${machineText(result.machine)}; load before: ${load}${proxyText(result)}.`,
		...drawn,
		markdown(resultRows(result)),
		...(details.length > 0 ? [markdown(detailRows(details))] : []),
		...(profile ? [profileText(profile)] : []),
	].join('\n\n');
}

function proxyText({ proxyCapacity, proxyNeed }: Result): string {
	if (proxyCapacity === undefined) return '';
	const times = proxyNeed === undefined ? '' : `, ${rounded(proxyCapacity / proxyNeed)} × its fastest contender`;
	return `; the proxy carried ${proxyCapacity} MB/s without a delay${times}`;
}

function profileText({ functions, places, seconds }: Profile): string {
	const rows = (shares: Profile['places']): string[][] =>
		shares
			.filter(({ percent }) => percent >= LEAST_PERCENT)
			.slice(0, MOST_FUNCTIONS)
			.map(({ name, percent }) => [`\`${name}\``, String(percent)]);
	return [
		`Where our process spent its ${seconds.toFixed(0)} s under V8's profiler, loading n8n included, by kind of code and by function:`,
		markdown([['by kind', '%'], ...rows(places)]),
		markdown([['by function', '%'], ...rows(functions)]),
	].join('\n\n');
}
