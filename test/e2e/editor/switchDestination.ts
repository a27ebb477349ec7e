import type { Locator } from 'playwright-core';
import { labelsOf, picture } from './picture';
import { choose, openNode } from './screen';
import type { Stage } from './stage';

const COMMON = [
	'Date Format',
	'Destination',
	'File Format',
	'Input DataSet ID',
	'Publishing',
	'Rows',
	'Select Filename',
	'Transfer',
];

export function switchDestination(stage: () => Stage): void {
	test('shows the fields and the credential of the chosen destination, and no others', async () => {
		await stage().visit('/workflow/storySwitch', async (page) => {
			const view = await openNode(page, 'Copy');
			const parameters = view.getByTestId('node-parameters');
			expect(await credentialsOf(view)).toEqual(['Domo Credential', 'SFTP Credential']);
			expect(await labelsOf(parameters)).toEqual([...COMMON, 'Path'].sort());
			await picture(parameters, 'parameters-sftp');
			await choose(page, view.getByTestId('parameter-input-destination'), 'Azure Blob Storage');
			await view.getByTestId('resource-locator-container').waitFor();
			expect(await credentialsOf(view)).toEqual(['Domo Credential', 'Azure Blob SAS Credential']);
			expect(await labelsOf(parameters)).toEqual([...COMMON, 'Blob Container', 'Folder'].sort());
			await choose(page, view.getByTestId('parameter-input-destination'), 'SFTP');
			await view.getByTestId('parameter-input-path').waitFor();
			expect(await credentialsOf(view)).toEqual(['Domo Credential', 'SFTP Credential']);
		});
	});
}

async function credentialsOf(view: Locator): Promise<string[]> {
	return await view.getByTestId('credentials-label').allInnerTexts();
}
