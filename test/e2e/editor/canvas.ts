import { resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { workflowsIn, writebacksOf } from '../workflows';
import { nodeOf } from './screen';
import type { Stage } from './stage';

const EXAMPLES = workflowsIn(resolve(__dirname, '../../../examples'));

/** How much of a note may differ from what its text needs, in the canvas's own units: less than a line. */
const TOLERANCE = 16;

/** Below the last line, as n8n leaves it above the first. */
const MARGIN = 16;

export function canvas(stage: () => Stage): void {
	// By n8n's own list: it stays loaded, which a fresh tab for each does not.
	test('each example says below its nodes which DataSet goes where, and its note fits its text', async () => {
		const unfit: Array<readonly [name: string, height: number, wanted: number]> = [];
		await stage().visit('/home/workflows', async (page) => {
			for (const example of EXAMPLES) {
				await page.getByRole('heading', { name: example.name, exact: true }).click();
				for (const { name } of writebacksOf(example))
					await nodeOf(page, name)
						.getByText(/ → (SFTP|Azure|binary)/)
						.waitFor();
				for (const { parameters } of example.nodes.filter(({ type }) => type.endsWith('.stickyNote'))) {
					const [height, note] = [Number(parameters.height), page.getByTestId('sticky').first()];
					const wanted = await heightFor(note, height);
					if (Math.abs(height - wanted) > TOLERANCE) unfit.push([example.name, height, wanted]);
				}
				await page.goBack();
			}
		});
		expect(unfit).toEqual([]);
	});

	test('a node that copies a DataSet from the list is named by it, without its rows', async () => {
		await stage().visit('/workflow/storyHints', async (page) => {
			await nodeOf(page, 'Copy').getByText('One row → SFTP hints', { exact: true }).waitFor();
		});
	});
}

/** How high a note should be for its text, whatever the zoom. */
async function heightFor(note: Locator, height: number): Promise<number> {
	await note.waitFor();
	const [used, box] = await note.evaluate((element) => {
		const text = element.ownerDocument.createRange();
		text.selectNodeContents(element);
		const { top, height } = element.getBoundingClientRect();
		const lines = [...text.getClientRects()].filter((line) => line.width > 0 && line.height < height / 2);
		return [Math.max(...lines.map((line) => line.bottom)) - top, height];
	});
	return Math.ceil((used * height) / box + MARGIN);
}
