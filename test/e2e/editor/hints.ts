import { oneRow } from '../../../sandbox/domo/dataSets';
import { signIn } from '../editor';
import { picture } from './picture';
import { nodeOf, openNode } from './screen';
import type { Stage } from './stage';

export function hints(stage: () => Stage): void {
	test('a setting that surprises has a hint, and a run says what it should not keep to itself', async () => {
		await stage().visit('/workflow/storyHints', async (page) => {
			const view = await openNode(page, 'Copy');
			const output = view.getByTestId('output-panel');
			await output.getByText("'Only If Changed' compares only the data").waitFor();
			await view.getByTestId('node-execute-button').click();
			await output.getByText('The host key of sftp://').waitFor();
			expect(await output.getByText("'Only If Changed' compares only the data").count()).toBe(0);
			await picture(page, 'hints');
		});
	});

	test('the next node shows what it will get before anything has run', async () => {
		await stage().visit('/workflow/storyPreview', async (page) => {
			await nodeOf(page, 'Next').waitFor();
			const input = (await openNode(page, 'Next')).getByTestId('ndv-input-panel');
			for (const text of ['Preview', 'dataSetName', 'rowsExpected', 'verification', 'sha256'])
				await input.getByText(text, { exact: true }).first().waitFor();
		});
	});

	test('an execution is kept with the DataSet it is found by', async () => {
		const editor = await signIn(stage().n8n);
		const { data } = JSON.parse(await editor.get('/rest/executions?filter=%7B%22workflowId%22%3A%22storyHints%22%7D'));
		const [{ id }] = data.results;
		const execution = JSON.parse(await editor.get(`/rest/executions/${id}`));
		expect(execution.data.customData).toEqual({ dataSetId: oneRow().id });
	});
}
