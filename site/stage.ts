import { statSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linkPages, publicPathOf } from './links';
import { listing, titleOf } from './listing';
import { SECTIONS, SITE_PAGES, type SitePage } from './pages';

const LOGOS = { light: 'domoWriteback.svg', dark: 'domoWriteback.dark.svg' } as const;
const CONTENT = 'src/content/docs';

/** Lays down in `folder` what the generator reads: its settings, one Markdown file a page, and the files they show and link to. */
export async function stage(root: string, folder: string, address: URL | undefined): Promise<void> {
	await cp(join(root, 'site/generator'), folder, { recursive: true });
	await writeFile(join(folder, 'site.json'), JSON.stringify(await settings(root, address), null, 2));
	const logo = (name: string) => join(root, 'nodes/DomoWriteback', name);
	for (const [mode, name] of Object.entries(LOGOS)) await copy(logo(name), join(folder, `src/assets/${mode}.svg`));
	await copy(logo(LOGOS.light), join(folder, 'public/favicon.svg'));
	for (const page of SITE_PAGES) await stagePage(root, folder, page);
}

/** What the generator's own configuration reads. */
async function settings(root: string, address: URL | undefined): Promise<object> {
	const { description }: { description: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	return {
		title: 'Domo Writeback',
		description,
		sidebar: SECTIONS.map(({ label, pages, collapsed = false }) => ({
			label,
			collapsed,
			items: pages.map((page) => ({ label: page.label, link: page.path === '' ? '/' : `/${page.path}/` })),
		})),
		...(address && { address: { origin: address.origin, path: address.pathname } }),
	};
}

async function stagePage(root: string, folder: string, page: SitePage): Promise<void> {
	const source = join(root, page.source);
	const markdown = statSync(source).isDirectory() ? listing(root, page.source) : await readFile(source, 'utf8');
	const { text, pictures, files } = linkPages(page, markdown);
	// The generator writes the title itself.
	const body = text.replace(/^# .*\n+/m, '');
	const file = join(folder, CONTENT, `${page.path || 'index'}.md`);
	await mkdir(dirname(file), { recursive: true });
	// The generator cuts spaces off the start, which make a block code: a comment stands before them.
	await writeFile(file, `---\ntitle: ${JSON.stringify(titleOf(markdown))}\n---\n\n<!-- ${page.source} -->\n\n${body}`);
	for (const picture of pictures) await copy(join(root, picture), join(folder, CONTENT, picture));
	for (const linked of files) await copy(join(root, linked), join(folder, 'public', publicPathOf(linked)));
}

async function copy(from: string, to: string): Promise<void> {
	await cp(from, to).catch((cause: unknown) => {
		throw new Error(`A page links to ${from}, which is no file and no page of site/pages.ts`, { cause });
	});
}
