import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installN8n } from '../../../sandbox/n8n/install';

const EXAMPLES = resolve(__dirname, '../../../docs/scale');
const VARIABLE = /\b(?:N8N|DB|QUEUE|EXECUTIONS|GENERIC)_[A-Z_]+\b/g;

/** Where n8n says which variables of the environment it reads. */
const CONFIGS = ['@n8n/config/dist', 'n8n-core/dist/instance-settings', 'n8n/dist/modules/community-packages'];

/** Every variable that is named in n8n's own configuration. */
async function knownVariables(): Promise<ReadonlySet<string>> {
	const modules = join((await installN8n()).folder, 'node_modules');
	const files = CONFIGS.flatMap((folder) =>
		readdirSync(join(modules, folder), { recursive: true, withFileTypes: true })
			.filter(({ name }) => name.endsWith('config.js') || name === 'index.js')
			.map(({ parentPath, name }) => join(parentPath, name)),
	);
	return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(VARIABLE) ?? []));
}

test.each(readdirSync(EXAMPLES))('%s sets only variables that n8n reads, for the n8n that was tested', async (name) => {
	const text = readFileSync(join(EXAMPLES, name), 'utf8');
	const known = await knownVariables();
	const set = new Set(text.match(VARIABLE));
	expect(set.size).toBeGreaterThan(2);
	expect([...set].filter((variable) => !known.has(variable))).toEqual([]);
	expect(text).toContain((await installN8n()).version);
});
