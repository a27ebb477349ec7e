import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { closable, type Endings } from '../../sandbox/cleanups';
import { buildSite } from '../../site/build';
import { deadLinks } from '../../site/deadLinks';
import { SITE_PAGES } from '../../site/pages';
import { serveSite } from '../../site/serve';
import { textOf } from '../docs/markdown';
import { openBrowser } from '../e2e/editor/browser';

/** Below a folder of the host, as GitHub Pages serves a project's site. */
const BASE = '/a-project/';

/** Loads all pictures of a page, and lists those that can't be shown. */
const BROKEN_PICTURES = `Promise.all([...document.querySelectorAll('main img')].map((image) => {
	image.loading = 'eager';
	return image.decode().then(() => [], () => [image.src]);
})).then((broken) => broken.flat())`;

type Opened = Awaited<ReturnType<typeof open>>;
let site: Opened & { close(): Promise<void> };

beforeAll(async () => {
	site = await closable(open);
});
afterAll(async () => site?.close());

async function open(endings: Endings) {
	const folder = await mkdtemp(join(tmpdir(), 'docs-site-'));
	endings.push(async () => await rm(folder, { recursive: true, force: true }));
	const out = join(folder, 'out');
	await buildSite({ out, address: new URL(`https://example.com${BASE}`), say: console.log });
	const served = await serveSite(out, BASE);
	endings.push(served.close);
	const browser: Browser = await openBrowser();
	endings.push(async () => await browser.close());
	return { out, served, browser };
}

async function visit(path: string, act: (page: Page) => Promise<void>, options = {}): Promise<void> {
	const page = await site.browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
	const refused: string[] = [];
	page.on('response', (answer) => answer.status() >= 400 && refused.push(answer.url()));
	page.on('pageerror', (fault) => refused.push(String(fault)));
	try {
		await page.goto(site.served.url + path);
		await act(page);
		expect(refused).toEqual([]);
	} finally {
		await page.close();
	}
}

/** Types into the search once the page has its box: it is made when the browser is idle, which the blur behind an open dialog can keep it from. */
async function search(page: Page, words: string): Promise<void> {
	await page.locator('#starlight__search input').waitFor({ state: 'attached' });
	await page.keyboard.press('Control+k');
	await page.getByRole('dialog').getByRole('textbox').fill(words);
}

test('a reader searches for words, follows the result, and is at the heading', async () => {
	await visit('', async (page) => {
		await search(page, 'smallest SAS token');
		await page.getByRole('dialog').getByRole('link', { name: 'The smallest SAS token' }).first().click();
		await page.waitForURL(`${site.served.url}security/#the-smallest-sas-token`);
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Security');
		const heading = page.getByRole('heading', { name: 'The smallest SAS token' });
		await heading.waitFor();
		expect((await heading.boundingBox())?.y).toBeLessThan(200);
	});
});

test('a message is found in the words in which n8n shows it', async () => {
	await visit('tutorial/', async (page) => {
		await search(page, 'DataSet does not exist in Domo');
		await page.getByRole('dialog').getByRole('link', { name: 'dataSetNotFound' }).first().click();
		await page.waitForURL(/\/messages\/#datasetnotfound$/);
	});
});

test('the sidebar leads from a guide to a decision', async () => {
	await visit('recipes/', async (page) => {
		const sidebar = page.getByRole('navigation', { name: 'Main' });
		await sidebar.getByText('How it is made').click();
		await sidebar.getByRole('link', { name: 'Hashing', exact: true }).click();
		await page.waitForURL(`${site.served.url}decisions/hashing/`);
		expect(await sidebar.locator('[aria-current="page"]').innerText()).toBe('Hashing');
	});
});

test('every page has its title and all its pictures, and none is wider than a phone', async () => {
	await visit('', async (page) => {
		for (const { path, source } of SITE_PAGES) {
			await page.goto(addressOf(path));
			expect(await page.getByRole('heading', { level: 1 }).first().innerText()).toBe(titleOf(source));
			const broken = await page.evaluate<string[]>(BROKEN_PICTURES);
			await page.setViewportSize({ width: 390, height: 800 });
			const width = await page.evaluate<number>('document.documentElement.scrollWidth');
			expect({ path, broken, width }).toEqual({ path, broken: [], width: 390 });
		}
	});
});

test.each(['light', 'dark'] as const)('a reader whose machine is %s sees it so', async (colorScheme) => {
	await visit(
		'messages/',
		async (page) => {
			const [ground, text] = await page.evaluate<number[]>(
				`[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]
					.map((color) => Number(/\\d+/.exec(color)[0]))`,
			);
			expect(Number(ground) > Number(text)).toBe(colorScheme === 'light');
			await page.getByText('{{ $json.name }}').first().waitFor();
		},
		{ colorScheme },
	);
});

test('no link of the site leads nowhere, and an example is the file of the repository', async () => {
	expect(deadLinks(site.out, BASE)).toEqual([]);
	await visit('examples/', async (page) => {
		const link = page.getByRole('link', { name: 'domo-to-sftp.json' });
		const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
		expect(await answer.text()).toBe(textOf('examples/domo-to-sftp.json'));
	});
});

test('a page that is not there is answered with a page that says so', async () => {
	const answer = await fetch(`${site.served.url}no-such-page/`);
	expect(answer.status).toBe(404);
	expect(await answer.text()).toContain('Page not found');
});

function addressOf(path: string): string {
	return site.served.url + (path === '' ? '' : `${path}/`);
}

/** The title of the page that a file of the repository, or a folder, is made into. */
function titleOf(source: string): string {
	if (source === 'examples') return 'Example workflows';
	if (source === 'docs/decisions') return 'Decisions';
	return /^# (.*)$/m.exec(textOf(source))?.[1] ?? '';
}
