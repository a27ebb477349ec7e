import type { Import } from './imports';

/** From the top down: a file imports from its own layer and from those below it. */
const LAYERS = [
	'nodes/shared',
	'core/transfer',
	'core/names',
	'core/format',
	'core/destinations',
	'core/domo',
	'core/support',
] as const;

/** A file's layer, 0 for the lowest; -1 for what is in none. credentials/ and each node's folder are on top of all. */
function heightOf(path: string): number {
	if (/^(?:credentials\/|nodes\/(?!shared\/)[^/]+\/)/.test(path)) return LAYERS.length;
	const place = LAYERS.findIndex((layer) => path.startsWith(`${layer}/`));
	return place < 0 ? -1 : LAYERS.length - 1 - place;
}

const isOurs = (path: string) => /^(?:core|nodes|credentials)\//.test(path);

/** Imports that point up, or from one node into another. */
export function upwardImports(imports: readonly Import[]): string[] {
	return imports
		.filter(({ from, to }) => isOurs(to) && (heightOf(to) > heightOf(from) || isAcross(from, to)))
		.map(arrow);
}

function isAcross(from: string, to: string): boolean {
	const top = (path: string) =>
		path
			.split('/')
			.slice(0, path.startsWith('nodes/') ? 2 : 1)
			.join('/');
	return heightOf(from) === LAYERS.length && heightOf(to) === LAYERS.length && top(from) !== top(to);
}

/** Files of the product that are in no layer. */
export function withoutLayer(imports: readonly Import[]): string[] {
	return [...new Set(imports.map(({ from }) => from))].filter((path) => heightOf(path) < 0);
}

/** What core/ imports of n8n. */
export function n8nInCore(imports: readonly Import[]): string[] {
	return imports.filter(({ from, to }) => from.startsWith('core/') && /^n8n-|^nodes\//.test(to)).map(arrow);
}

/** Imports of a file behind a door: the insides of ssh2 and of Node.js are reached by their folder's index alone. */
export function pastDoors(imports: readonly Import[]): string[] {
	const folderBehind = (path: string) => /^.*\/(?:ssh2Internals|support\/memory)(?=\/.)/.exec(path)?.[0];
	return imports
		.filter(({ from, to }) => folderBehind(to) !== undefined && folderBehind(to) !== folderBehind(from))
		.map(arrow);
}

const arrow = ({ from, to }: Import) => `${from} → ${to}`;

/**
 * Circles of imports. In every folder its files and subfolders, each of these as a whole, must be in some order; so no file leads back to
 * itself, and no two folders need each other.
 */
export function cycles(imports: readonly Import[]): string[] {
	const graphs = new Map<string, Map<string, Set<string>>>();
	for (const { from, to } of imports) {
		if (!isOurs(to) || from === to) continue;
		const [one, other] = [from.split('/'), to.split('/')];
		const depth = one.findIndex((name, place) => name !== other[place]);
		const graph = graphs.get(one.slice(0, depth).join('/')) ?? new Map<string, Set<string>>();
		graphs.set(one.slice(0, depth).join('/'), graph);
		const name = one[depth] ?? '';
		graph.set(name, (graph.get(name) ?? new Set()).add(other[depth] ?? ''));
	}
	return [...graphs].flatMap(([folder, graph]) => circlesIn(graph).map((circle) => `${folder}: ${circle.join(' → ')}`));
}

function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
	const circles: string[][] = [];
	const done = new Set<string>();
	const visit = (name: string, path: readonly string[]): void => {
		const place = path.indexOf(name);
		if (place >= 0) circles.push([...path.slice(place), name]);
		if (place >= 0 || done.has(name)) return;
		for (const next of graph.get(name) ?? []) visit(next, [...path, name]);
		done.add(name);
	};
	for (const name of graph.keys()) visit(name, []);
	return circles;
}

/** Files of core/ that share a base name, unless they play the same role: in two destinations, in the contract that these fulfil, or as the door of a folder. */
export function sharedNames(paths: readonly string[]): string[] {
	const places = new Map<string, string[]>();
	for (const path of paths) {
		const name = path.split('/').at(-1) ?? '';
		if (name !== 'index.ts') places.set(name, [...(places.get(name) ?? []), path]);
	}
	return [...places.values()].filter((same) => same.length > 1 && !areOneRole(same)).map((same) => same.join(', '));
}

function areOneRole(paths: readonly string[]): boolean {
	const owners = paths.map((path) => /^core\/destinations\/(?:([^/]+)\/)?/.exec(path));
	return owners.every((owner) => owner !== null) && new Set(owners.map((owner) => owner?.[1])).size === paths.length;
}
