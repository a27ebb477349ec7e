import type { Locator, Page } from 'playwright-core';
import { awkward, oneRow } from '../../../sandbox/domo/dataSets';
import { CONTAINER, standardDataSets } from '../../../sandbox/sandbox';
import { picture } from './picture';
import { choose, inputOf, nodeOf, openList, openNode } from './screen';
import type { Stage } from './stage';
import { until } from './until';

export function lists(stage: () => Stage): void {
	test('picks a DataSet from the list: all of them by scrolling, one by searching', async () => {
		await stage().visit('/workflow/storyPick', async (page) => {
			await openNode(page, 'Copy');
			const field = inputOf(page, 'dataSet');
			const entries = await openList(page, 'dataSet');
			const [last] = standardDataSets()
				.map(({ name }) => name)
				.sort((one, other) => other.localeCompare(one));
			const wanted = entries.filter({ hasText: last ?? '' });
			await entries.first().waitFor();
			while ((await wanted.count()) === 0) {
				const shown = await entries.count();
				await entries.last().scrollIntoViewIfNeeded();
				await entries.nth(shown).waitFor({ state: 'attached' });
			}
			expect(await entries.count()).toBe(standardDataSets().length);
			await page.getByTestId('rlc-search').fill('region 01');
			await until(async () => (await entries.count()) === 6);
			for (const name of await entries.allInnerTexts()) expect(name).toContain('region 01');
			await picture(page, 'pick-dataset');
			await entries.filter({ hasText: 'Sales, region 012' }).click();
			await until(async () => (await field.inputValue()).includes('Sales, region 012'));
		});
	});

	test('the node Domo picks from the same list, and its rows are items', async () => {
		await stage().visit('/workflow/storyRows', async (page) => {
			const view = await openNode(page, 'Rows');
			const entries = await openList(page, 'dataSet');
			await page.getByTestId('rlc-search').fill('region 01');
			await until(async () => (await entries.count()) === 6);
			await picture(page, 'domo-node-list');
			await entries.filter({ hasText: 'Sales, region 012' }).click();
			await until(async () => (await inputOf(page, 'dataSet').inputValue()).includes('Sales, region 012'));
			await view.getByTestId('node-execute-button').click();
			const output = view.getByTestId('output-panel');
			for (const name of ['id', 'name', 'amount', 'Name 11'])
				await output.getByText(name, { exact: true }).first().waitFor();
			await picture(page, 'domo-node-rows');
			await page.getByTestId('ndv-close-button').click();
			await nodeOf(page, 'Rows')
				.getByText(/^get rows: Sales/)
				.waitFor();
		});
	});

	test('takes a DataSet by URL and by ID', async () => {
		await stage().visit('/workflow/storyByUrl', async (page) => {
			const view = await openNode(page, 'Copy');
			const mode = page.getByTestId('resource-locator-dataSet').getByTestId('rlc-mode-selector');
			const [first, second] = [awkward(), oneRow()];
			await choose(page, mode, /By URL/i);
			await typeInto(page, 'dataSet', `https://mycompany.domo.com/datasources/${first.id}/details/overview`);
			await executeStep(view, first.name);
			await choose(page, mode, /By ID/i);
			await typeInto(page, 'dataSet', second.id);
			await executeStep(view, second.name);
		});
	});

	test('picks a container from the list', async () => {
		await stage().visit('/workflow/storyContainer', async (page) => {
			await openNode(page, 'Copy');
			const field = inputOf(page, 'container');
			const entries = await openList(page, 'container');
			await entries.filter({ hasText: CONTAINER }).waitFor();
			await picture(page, 'pick-container');
			await entries.filter({ hasText: CONTAINER }).click();
			await until(async () => (await field.inputValue()).includes(CONTAINER));
			await picture(page.getByTestId('node-parameters'), 'parameters-azure');
			await page.getByTestId('ndv-close-button').click();
			await nodeOf(page, 'Copy').getByText(`→ Azure ${CONTAINER}`).waitFor();
		});
	});

	test('says in the list that this SAS token may not list, and what to do', async () => {
		await stage().visit('/workflow/storyNoList', async (page) => {
			await openNode(page, 'Copy');
			await openList(page, 'container');
			const told = page.getByTestId('rlc-error-container');
			await told.getByText("The SAS token doesn't allow listing containers").waitFor();
			expect(await told.innerText()).toContain('Choose By Name');
			await picture(page, 'list-refused');
		});
	});

	test('says in the list which credential it needs', async () => {
		await stage().visit('/workflow/storyNoCredential', async (page) => {
			await openNode(page, 'Copy');
			await openList(page, 'container');
			const told = page.getByTestId('rlc-error-container');
			await told.getByText('Azure Blob SAS Credential: none is selected yet').waitFor();
		});
	});
}

/** Runs the open node alone; resolves when its output names this DataSet. */
async function executeStep(view: Locator, dataSetName: string): Promise<void> {
	await view.getByTestId('node-execute-button').click();
	await view.getByTestId('output-panel').getByText(dataSetName, { exact: true }).first().waitFor();
}

/** Types into such a field; resolves when n8n has taken it over and saved it, which it does a moment later. */
async function typeInto(page: Page, parameter: string, value: string): Promise<void> {
	const saved = page.waitForResponse(
		(answer) => answer.request().method() === 'PATCH' && (answer.request().postData() ?? '').includes(value),
	);
	await inputOf(page, parameter).fill(value);
	await saved;
}
