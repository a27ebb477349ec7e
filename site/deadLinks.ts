import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Any host will do: only paths are compared. */
const HOST = 'http://site.invalid';

/**
 * The links, pictures, scripts and style sheets of a built site that lead nowhere, each as `page → link`. `base` is the path
 * that the site is served at. Links to other sites aren't followed.
 */
export function deadLinks(folder: string, base = '/'): string[] {
	const files = globSync('**/*', { cwd: folder, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
	const known = new Set(files.flatMap((file) => [file, file.replace(/(^|\/)index\.html$/, '$1')]));
	const pages = new Map(files.filter((file) => file.endsWith('.html')).map((file) => [file, read(folder, file)]));
	return [...pages].flatMap(([file, html]) => {
		const page = new URL(file.replace(/(^|\/)index\.html$/, '$1'), HOST + base);
		return linksOf(html)
			.filter((link) => !leadsSomewhere(new URL(link, page), { base, known, pages }))
			.map((link) => `${file} → ${link}`);
	});
}

interface Site {
	readonly base: string;
	/** Paths that the site serves, without a slash in front. */
	readonly known: ReadonlySet<string>;
	/** HTML by file. */
	readonly pages: ReadonlyMap<string, string>;
}

function leadsSomewhere({ origin, pathname, hash }: URL, { base, known, pages }: Site): boolean {
	if (origin !== HOST) return true;
	if (!pathname.startsWith(base)) return false;
	const path = decodeURIComponent(pathname.slice(base.length));
	if (!known.has(path)) return false;
	const html = pages.get(path === '' || path.endsWith('/') ? `${path}index.html` : path);
	return hash === '' || html === undefined || idsOf(html).has(decodeURIComponent(hash.slice(1)));
}

function linksOf(html: string): string[] {
	const found = [...html.matchAll(/\s(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
	return [...new Set(found)];
}

function idsOf(html: string): Set<string> {
	return new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id));
}

function read(folder: string, file: string): string {
	return readFileSync(join(folder, file), 'utf8');
}
