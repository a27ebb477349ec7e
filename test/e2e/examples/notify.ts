import { onPost } from '../../../sandbox/n8n/webhookWorkflow';
import { until } from '../editor/until';
import { executionsOf, publish, unpublish } from '../execution';
import type { Workflow } from '../workflows';
import type { Stage } from './stage';
import { variant } from './variant';

const NAME = 'notifyOnPost';

/** n8n calls no error workflow for what is run by hand. */
export const NOTIFY_VARIANTS: readonly Workflow[] = [onPost(variant('notifyOnFailure', NAME), 'DataSets')];

export function notify(stage: () => Stage): void {
	test('when the execution fails as a whole, the same workflow tells which, why and where', async () => {
		const { n8n, editor, channel } = stage();
		await publish(editor, NAME);
		try {
			channel.refuse(1);
			const before = channel.heard.length;
			const post = async () => (await fetch(`${n8n.url}/webhook/${NAME}`, { method: 'POST' })).status;
			// A webhook is there a moment after its workflow was published.
			await until(async () => (await post()) !== 404);
			await until(async () => channel.heard.length > before);
			const isOver = async () => (await executionsOf(editor, NAME)).every(({ status }) => status !== 'running');
			await until(isOver);
			const executions = await executionsOf(editor, NAME);
			expect(executions.map(({ status }) => status)).toEqual(['success', 'error']);
			const where = `${NAME}/executions/${executions[1]?.id}`;
			expect(channel.heard.slice(before)).toEqual([
				{ text: expect.stringMatching(new RegExp(`^${NAME}: .+\n.*\n.+${where}$`)) },
			]);
		} finally {
			await unpublish(editor, NAME);
		}
	});
}
