import type { Locator, Page } from 'playwright-core';
import type { IDataObject } from 'n8n-workflow';
import { openBrowser } from '../editor/browser';
import { picture } from '../editor/picture';
import { until } from '../editor/until';
import { type Execution, publish, unpublish } from '../execution';
import { PAGE_LOGIN } from '../../../sandbox/n8n/pageLogin';
import { AWKWARD, OLD, PAST } from './past';
import type { Stage } from './stage';

const TABLE = 'domo_writebacks';
const PATH = '/webhook/domo-writebacks';

const { user, password } = PAGE_LOGIN.data;
const login = (typed = password) => ({
	headers: { authorization: `Basic ${Buffer.from(`${user}:${typed}`).toString('base64')}` },
});

/** Every receipt and every failure of the execution is a row of the data table. */
export async function kept({ items }: Execution, { editor }: Stage): Promise<void> {
	const { rows } = await tableOf(editor);
	const keys = ['dataSetId', 'dataSetName', 'target', 'rows', 'bytes', 'durationMs', 'verification'];
	const picked = (from: IDataObject, names: readonly string[]) =>
		Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
	const written = items('DataSets to SFTP').map((receipt) => ({ ...picked(receipt, keys), error: null, hint: null }));
	const [{ dataSetId, dataSetName, error, details } = {}] = items('DataSets to SFTP', 1);
	const failed = { ...picked({ dataSetId, dataSetName }, keys), error, hint: Object(details).hint };
	const found = (await rows()).map((row) => picked(row, [...keys, 'error', 'hint']));
	expect(found).toEqual(expect.arrayContaining([...written, failed]));
}

export function history(stage: () => Stage): void {
	beforeAll(async () => {
		const { n8n, editor } = stage();
		await publish(editor, 'history');
		await until(async () => (await fetch(n8n.url + PATH, login())).status === 200);
		const { insert } = await tableOf(editor);
		await insert([...PAST, OLD]);
	});
	afterAll(async () => await unpublish(stage().editor, 'history'));

	test('the page is shown to no one without its login', async () => {
		const address = stage().n8n.url + PATH;
		for (const visitor of [{}, login('guessed')]) {
			const answer = await fetch(address, visitor);
			expect([401, 403]).toContain(answer.status);
			expect(await answer.text()).not.toMatch(/Orders|sftp:\/\//);
		}
	});

	test('a page shows the last 30 days of each DataSet, and in red what failed', async () => {
		await look(stage().n8n.url + PATH, async (page) => {
			const line = page.locator('tbody tr', { hasText: 'Orders, open' });
			expect(await line.locator('rect').count()).toBe(30);
			expect(await line.locator('rect.failed').count()).toBe(1);
			const { rows, bytes } = PAST.filter(({ dataSetName }) => dataSetName === 'Orders, open').at(-1) ?? {};
			const figures = [Number(rows).toLocaleString('en-US'), `${(Number(bytes) / 1e6).toFixed(1)} MB`];
			expect(await line.locator('td.number').allInnerTexts()).toEqual([
				...figures,
				expect.stringMatching(/ s$/),
				'30',
				'1',
			]);
			const said = page
				.locator('tr', { hasText: 'Web sessions' })
				.locator('xpath=following-sibling::tr[1]')
				.locator('.bad');
			expect(await said.innerText()).toBe('The server has no space left');
			expect(await styleOf(said, 'color')).toBe('rgb(217, 45, 32)');
			expect(await page.getByText(String(OLD.dataSetName)).count()).toBe(0);
			await picture(page.locator('body'), 'history');
			await page.emulateMedia({ colorScheme: 'dark' });
			expect(await styleOf(page.locator('body'), 'background-color')).toBe('rgb(18, 22, 28)');
		});
	});

	test('what a DataSet is called is text on that page, whatever stands in it', async () => {
		await (await tableOf(stage().editor)).insert([AWKWARD]);
		await look(stage().n8n.url + PATH, async (page) => {
			const line = page.locator('tbody tr', { hasText: String(AWKWARD.dataSetId) });
			expect(await line.innerText()).toContain(AWKWARD.dataSetName);
			expect(await line.locator('script, img, b').count()).toBe(0);
		});
	});
}

/** n8n's own data table, as the editor reads and fills it. */
async function tableOf(editor: Stage['editor']) {
	const { data } = JSON.parse(await editor.get('/rest/data-tables-global')).data;
	const found = data.find(({ name }: { name: string }) => name === TABLE);
	const path = `/rest/projects/${found?.projectId}/data-tables/${found?.id}`;
	return {
		rows: async (): Promise<IDataObject[]> => JSON.parse(await editor.get(`${path}/rows?take=100`)).data.data,
		insert: async (rows: readonly IDataObject[]) => await editor.post(`${path}/insert`, { data: rows }),
	};
}

async function styleOf(of: Locator, property: string): Promise<string | undefined> {
	return await of.evaluate(
		(element, name) => element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name),
		property,
	);
}

/** Opens a page in a browser of its own for as long as `act` takes. */
async function look(address: string, act: (page: Page) => Promise<void>): Promise<void> {
	const browser = await openBrowser();
	try {
		const httpCredentials = { username: user, password };
		const view = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;
		const page = await browser.newPage({ ...view, httpCredentials });
		await page.goto(address);
		await act(page);
	} finally {
		await browser.close();
	}
}
