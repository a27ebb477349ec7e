import { posix } from 'node:path';
import { SITE_PAGES, type SitePage } from './pages';

/** Code, in which brackets are no links. */
const CODE = /(^```[^]*?^```$|`[^`\n]*`)/m;

/** The end of a link, or a whole picture. */
const TARGET = /(!\[[^\]\n]*)?\]\(([^()\s]+)\)/g;
const ELSEWHERE = /^([a-z]+:|#)/i;

/** A page's text with the links it has on the site. */
export interface Linked {
	readonly text: string;
	/** Files of the repository that it shows. */
	readonly pictures: readonly string[];
	/** Files of the repository that it links to and that are no pages. */
	readonly files: readonly string[];
}

/** Turns the links between files of the repository into links between pages. They are relative, so the site works in any folder. */
export function linkPages({ source, path }: SitePage, markdown: string): Linked {
	const [pictures, files]: [string[], string[]] = [[], []];
	const linkTo = (target: string, isPicture: boolean): string => {
		if (ELSEWHERE.test(target)) return target;
		const [way = '', anchor] = target.split('#');
		const file = posix.join(posix.dirname(source), decodeURIComponent(way)).replace(/\/$/, '');
		if (isPicture) {
			pictures.push(file);
			return besideFile(path, file);
		}
		const page = SITE_PAGES.find((other) => other.source === file);
		if (page === undefined) files.push(file);
		const url = page === undefined ? publicPathOf(file) : page.path === '' ? '' : `${page.path}/`;
		return besidePage(path, url) + (anchor === undefined ? '' : `#${anchor}`);
	};
	const text = markdown
		.split(CODE)
		.map((part, place) =>
			place % 2 === 1
				? part
				: part.replace(TARGET, (_, picture = '', target) => `${picture}](${linkTo(target, picture !== '')})`),
		)
		.join('');
	return { text, pictures, files };
}

/** Where the site serves a file. Pages servers take one without an extension for something to download. */
export function publicPathOf(file: string): string {
	return posix.extname(file) === '' ? `${file}.txt` : file;
}

/** From the folder that a page is served as. */
function besidePage(path: string, url: string): string {
	const way = posix.relative(`/${path}`, `/${url}`);
	return (way === '' ? '.' : way) + (url === '' || url.endsWith('/') ? '/' : '');
}

/** From the Markdown file that the generator reads. */
function besideFile(path: string, file: string): string {
	const way = posix.relative(posix.dirname(`/${path || 'index'}`), `/${file}`);
	return way.startsWith('.') ? way : `./${way}`;
}
