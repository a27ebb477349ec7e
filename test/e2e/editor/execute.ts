import type { Page } from 'playwright-core';
import { awkward } from '../../../sandbox/domo/dataSets';
import { servedFor } from '../servers';
import { picture } from './picture';
import { nodeOf, openNode } from './screen';
import type { Stage } from './stage';

const NODES = ['Awkward Cells to SFTP', 'Large Table to SFTP'] as const;

export function execute(stage: () => Stage): void {
	test.each([
		['light', ''],
		['dark', '-dark'],
	] as const)('runs an example and reads the receipt, in %s mode', async (colorScheme, suffix) => {
		await stage().visit('/workflow/domoToSftp', async (page) => {
			await page.emulateMedia({ colorScheme });
			await nodeOf(page, NODES[1]).waitFor();
			await page.getByTestId('zoom-out-button').click();
			await page.getByTestId('execute-workflow-button').click();
			for (const name of NODES) await succeeded(page, name);
			await page.getByText('Workflow executed successfully').waitFor();
			await picture(page, `workflow${suffix}`);
			const view = await openNode(page, NODES[0]);
			await view.getByTestId('output-panel').getByTestId('radio-button-schema').click();
			await view.getByTestId('output-panel').getByText('verified', { exact: true }).waitFor();
			const receipt = await view.getByTestId('output-panel').innerText();
			const { bytes, rows, sha256 } = await servedFor(awkward().id);
			for (const value of [bytes, rows, sha256, 'verified', 'awkward cells.csv'])
				expect(receipt).toContain(String(value));
			await picture(page, `receipt${suffix}`);
		});
	});
}

async function succeeded(page: Page, name: string): Promise<void> {
	await nodeOf(page, name).getByTestId('canvas-node-status-success').waitFor();
}
