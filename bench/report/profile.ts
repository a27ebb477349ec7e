import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Where a process spent its time; shares of the whole in percent, the largest first. */
export interface Profile {
	/** By kind of work: packages, our own folders, Node, waiting. */
	readonly places: readonly Share[];
	/** Single functions, by the time spent in themselves. */
	readonly functions: readonly Share[];
	readonly seconds: number;
}

export interface Share {
	readonly name: string;
	readonly percent: number;
}

/** V8's own format, as far as it is read here. */
interface CpuProfile {
	readonly nodes: ReadonlyArray<{ readonly id: number; readonly callFrame: Frame }>;
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

interface Frame {
	readonly functionName: string;
	readonly url: string;
	readonly lineNumber: number;
}

const MOST = 20;

/** Reads every `.cpuprofile` in a folder, one for each thread, as one; what loaded n8n is in it too. */
export async function readProfiles(folder: string): Promise<Profile> {
	const functions = new Map<string, number>();
	const places = new Map<string, number>();
	let total = 0;
	for (const name of (await readdir(folder)).filter((file) => file.endsWith('.cpuprofile'))) {
		const profile: CpuProfile = JSON.parse(await readFile(join(folder, name), 'utf8'));
		const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
		for (const [index, id] of profile.samples.entries()) {
			const frame = frames.get(id);
			const micros = profile.timeDeltas[index] ?? 0;
			if (!frame) continue;
			total += micros;
			add(functions, `${frame.functionName || '(anonymous)'}${lineOf(frame)}`, micros);
			add(places, placeOf(frame), micros);
		}
	}
	return { functions: shares(functions, total), places: shares(places, total), seconds: total / 1e6 };
}

function add(sums: Map<string, number>, name: string, amount: number): void {
	sums.set(name, (sums.get(name) ?? 0) + amount);
}

function shares(sums: ReadonlyMap<string, number>, total: number): Share[] {
	const all = [...sums].map(([name, amount]) => ({ name, percent: Math.round((1000 * amount) / total) / 10 }));
	return all.sort((a, b) => b.percent - a.percent).slice(0, MOST);
}

function lineOf({ url, lineNumber }: Frame): string {
	return url === '' ? '' : ` ${shortened(url)}:${lineNumber + 1}`;
}

/** `node_modules/<package>`, a folder of ours, Node's own code, or what V8 names in brackets. */
function placeOf({ url, functionName }: Frame): string {
	if (url === '')
		return /^\((idle|garbage collector|program|root)\)$/.test(functionName) ? functionName : '(native calls)';
	const path = shortened(url);
	if (path.startsWith('node:')) return "(Node's own code)";
	const parts = path.split('/');
	return path.startsWith('dist/')
		? parts.slice(0, -1).join('/')
		: parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
}

/** Without the folders above the package, which differ from machine to machine. */
function shortened(url: string): string {
	const path = url.replace(/^file:\/\//, '').replaceAll(sep, '/');
	const installed = path.replace(/^.*\/node_modules\//, '');
	return installed === path ? path.replace(/^.*\/(dist|bench|sandbox)\//, '$1/') : installed;
}
