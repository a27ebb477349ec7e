import { join } from 'node:path';
import { onPost, webhookWriteback } from '../../../sandbox/n8n/webhookWorkflow';
import type { Workflow } from '../workflows';
import { workflowsIn } from '../workflows';

const EXAMPLES = join(__dirname, '../../../examples');
const NAMED = { selectFilename: 'filename', filename: '={{ $json.body.file }}' };

/** Started by a POST that names a DataSet and a file. */
export const toSftp = (id: string, typeVersion = 1): Workflow =>
	webhookWriteback(id, { destination: 'sftp', path: 'queue', ...NAMED }, typeVersion);

export const toAzure = (id: string): Workflow =>
	webhookWriteback(id, {
		destination: 'azureBlob',
		// A name that is typed is matched by n8n against a pattern, on the clock: a machine at its limit may not manage that in time.
		container: { __rl: true, mode: 'list', value: 'domo-exports' },
		...NAMED,
	});

/** The example that starts again after a worker died, which a POST starts as well. */
export function recovering(): Workflow {
	const example = workflowsIn(EXAMPLES).find(({ id }) => id === 'nightlyOnWorkers');
	if (example === undefined) throw new Error('There is no such example');
	return onPost(example, 'Sales to SFTP');
}
