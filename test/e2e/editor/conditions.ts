import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { picture } from './picture';
import { choose, openNode } from './screen';
import type { Stage } from './stage';
import { until } from './until';

export function conditions(stage: () => Stage): void {
	test("a condition's column is chosen from the DataSet's schema, and the file has the rows that meet it", async () => {
		const folder = join(stage().sandbox.sftp.root, 'chosen');
		await stage().visit('/workflow/storyConditions', async (page) => {
			// Until the columns are there, the list closes by itself.
			const loaded = page.waitForResponse((answer) => answer.url().includes('/dynamic-node-parameters/options'));
			const view = await openNode(page, 'Copy');
			await loaded;
			const column = view.getByTestId('parameter-input-column');
			await column.scrollIntoViewIfNeeded();
			const options = page.getByRole('option').filter({ visible: true });
			await until(async () => {
				if ((await options.count()) === 0) await column.click();
				return (await options.filter({ hasText: 'amount' }).count()) === 1;
			});
			await picture(page, 'condition');
			await options.filter({ hasText: 'id' }).first().click();
			await choose(page, view.getByTestId('parameter-input-operator'), 'Is at Least');
			await view.getByTestId('node-execute-button').click();
			await view.getByTestId('output-panel').getByText('rowsRead', { exact: true }).first().waitFor();
			await until(async () => (await readdir(folder)).length === 1);
			const [file = ''] = await readdir(folder);
			const ids = (await readFile(join(folder, file), 'utf8')).split('\n').map((line) => line.split(',')[0]);
			expect(ids).toEqual(['id', '2', '3', '4', '']);
		});
	});
}
