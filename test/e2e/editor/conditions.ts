import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { picture } from './picture';
import { choose, openNode } from './screen';
import type { Stage } from './stage';
import { until } from './until';

export function conditions(stage: () => Stage): void {
	test("a condition's column is chosen from the DataSet's schema, and the file has the rows that meet it", async () => {
		const folder = join(stage().sandbox.sftp.root, 'chosen');
		await stage().visit('/workflow/storyRows', async (page) => {
			const view = await openNode(page, 'Copy');
			const column = view.getByTestId('parameter-input-column');
			await column.scrollIntoViewIfNeeded();
			await column.click();
			const options = page.getByRole('option').filter({ visible: true });
			await options.filter({ hasText: 'amount' }).waitFor();
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
