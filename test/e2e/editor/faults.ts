import { everythingIn } from '../workflows';
import { picture } from './picture';
import { nodeOf, openNode } from './screen';
import { LONG, MIXED } from './stories';
import type { Stage } from './stage';
import { until } from './until';

export function faults(stage: () => Stage): void {
	test('an item that fails goes to the error output, the others are written', async () => {
		await stage().visit('/workflow/storyMixed', async (page) => {
			await page.getByTestId('execute-workflow-button').click();
			await nodeOf(page, 'Notify Someone').getByTestId('canvas-node-status-success').waitFor();
			// The counts follow a little later.
			for (const count of ['2 items', '1 item']) await page.getByText(count, { exact: true }).first().waitFor();
			await picture(page, 'error-output');
			expect((await everythingIn(stage().sandbox)).filter((path) => path.includes('mixed/'))).toEqual(
				MIXED.filter((_, index) => index !== 1)
					.map((id) => `sftp mixed/${id}.csv`)
					.sort(),
			);
			const view = await openNode(page, 'Notify Someone');
			await view.getByTestId('output-panel').getByTestId('radio-button-json').click();
			const told = view.getByTestId('output-panel').getByText(`DataSet ${MIXED[1]} does not exist in Domo`).first();
			await told.waitFor();
			await picture(page, 'failed-item');
		});
	});

	test('a long execution stops when it is told to, and leaves nothing behind', async () => {
		const { sandbox, visit } = stage();
		const before = await everythingIn(sandbox);
		sandbox.domo.fault(LONG.id, { kind: 'rate', bytesPerSecond: 2_000_000 });
		try {
			await visit('/workflow/storyStop', async (page) => {
				await page.getByTestId('execute-workflow-button').click();
				await until(async () => (await everythingIn(sandbox)).length > before.length);
				await picture(page, 'running');
				const stopped = Date.now();
				await page.getByTestId('stop-execution-button').click();
				await page.getByTestId('stop-execution-button').waitFor({ state: 'hidden' });
				await until(async () => (await everythingIn(sandbox)).length === before.length);
				expect(Date.now() - stopped).toBeLessThan(STOP_MS);
				expect(await everythingIn(sandbox)).toEqual(before);
			});
		} finally {
			sandbox.domo.fault(LONG.id, 'none');
		}
	});
}

/** A stop waits for nothing but a few answers of the server; the rest is for a busy machine. */
const STOP_MS = 20_000;
