import { picture } from './picture';
import type { Stage } from './stage';

/** Words by which people look for such a node. */
const WORDS = ['sftp', 'azure blob', 'adls', 'parquet', 'reverse etl', 'dataset', 'data warehouse', 'domo'];

export function findNode(stage: () => Stage): void {
	test('finds the node in the panel by what people would type, and adds it', async () => {
		await stage().visit('/workflow/new', async (page) => {
			await page.getByTestId('canvas-plus-button').click();
			const found = page.getByTestId('node-creator-item-name').filter({ hasText: /^\s*Domo Writeback\s*$/ });
			for (const word of WORDS) {
				await page.getByTestId('node-creator-search-bar').fill('');
				await found.waitFor({ state: 'hidden' });
				await page.getByTestId('node-creator-search-bar').fill(word);
				await found.waitFor();
			}
			await picture(page, 'node-panel');
			await found.click();
			await page.getByTestId('node-creator').getByText('Add to workflow').click();
			await page.getByTestId('ndv').getByTestId('parameter-input-destination').waitFor();
			expect(await page.getByTestId('credentials-label').allInnerTexts()).toEqual([
				'Domo Credential',
				'SFTP Credential',
			]);
		});
	});
}
