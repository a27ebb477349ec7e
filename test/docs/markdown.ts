import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Every page that somebody reads, by its path from the root. */
export const PAGES: readonly string[] = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: ROOT }).sort();

/** A page without what stands in code, where brackets and bars mean other things. */
function proseOf(page: string): string {
	return textOf(page)
		.replace(/^```[^]*?^```$/gm, '')
		.replace(/`[^`\n]*`/g, '``');
}

export function textOf(page: string): string {
	return readFileSync(join(ROOT, page), 'utf8');
}

/** The targets of a page's links and pictures. */
export function linksOf(page: string): string[] {
	return [...proseOf(page).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** What a page's headings are called in links, by GitHub's rules: a heading that comes again gets a number. */
export function anchorsOf(page: string): Set<string> {
	const seen = new Map<string, number>();
	const headings = textOf(page)
		.replace(/^```[^]*?^```$/gm, '')
		.matchAll(/^#+ (.*)$/gm);
	const made = [...textOf(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name);
	for (const [, heading = ''] of headings) {
		const slug = slugOf(heading);
		const times = seen.get(slug) ?? 0;
		seen.set(slug, times + 1);
		made.push(times === 0 ? slug : `${slug}-${times}`);
	}
	return new Set(made);
}

function slugOf(heading: string): string {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
		.replace(/ /g, '-');
}

/** The rows of a page's tables whose header begins with these cells. */
export function rowsBelow(page: string, ...header: readonly string[]): string[][] {
	const rows: string[][] = [];
	let inside = false;
	for (const line of textOf(page).split('\n')) {
		const cells = line.startsWith('|') ? cellsOf(line) : undefined;
		if (cells === undefined) inside = false;
		else if (header.every((cell, place) => cells[place] === cell)) inside = true;
		else if (inside && !/^[|:\s-]+$/.test(line)) rows.push(cells);
	}
	return rows;
}

function cellsOf(line: string): string[] {
	return line
		.split(/(?<!\\)\|/)
		.slice(1, -1)
		.map((cell) => cell.trim());
}
