import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { awkward } from '../../../sandbox/domo/dataSets';
import { servedFor } from '../servers';
import { picture } from './picture';
import { openNode } from './screen';
import type { Stage } from './stage';

export function binaryFile(stage: () => Stage): void {
	test('a file for the next node is downloaded in the editor, and is what Domo sent', async () => {
		await stage().visit('/workflow/storyBinary', async (page) => {
			const view = await openNode(page, 'Copy');
			await view.getByTestId('parameter-input-binaryPropertyName').waitFor();
			expect(await view.getByTestId('credentials-label').allInnerTexts()).toEqual(['Domo Credential']);
			await view.getByTestId('node-execute-button').click();
			const output = view.getByTestId('output-panel');
			await output.getByTestId('radio-button-binary').click();
			const button = output.getByTestId('ndv-download-binary-data');
			await button.waitFor();
			await picture(page, 'binary-file');
			const downloading = page.waitForEvent('download');
			await button.click();
			const download = await downloading;
			const content = await readFile(await download.path());
			const { bytes, sha256 } = await servedFor(awkward().id);
			expect(download.suggestedFilename()).toBe('cells.csv');
			expect(content).toHaveLength(bytes);
			expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
		});
	});
}
