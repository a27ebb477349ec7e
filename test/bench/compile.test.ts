import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { compileInto } from '../../bench/fixtures/compile';

/** What `npm run bench` starts in processes of their own. */
const STARTED = ['bench/proxy', 'bench/runners', 'bench/servers'];

test('what the bench starts in another process finds all that it imports', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'bench-compiled-'));
	try {
		await compileInto(folder);
		const missing = new Set<string>();
		const seen = new Set<string>();
		const follow = async (file: string): Promise<void> => {
			if (seen.has(file)) return;
			seen.add(file);
			for (const [, path = ''] of (await readFile(file, 'utf8')).matchAll(/require\("(\.[^"]+)"\)/g)) {
				const next = `${resolve(dirname(file), path)}.js`;
				if (existsSync(next)) await follow(next);
				else missing.add(`${relative(folder, file)}: ${path}`);
			}
		};
		for (const place of STARTED)
			for (const name of await readdir(join(folder, place))) await follow(join(folder, place, name));
		expect([...missing]).toEqual([]);
		expect(seen.size).toBeGreaterThan(STARTED.length);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

test('what the bench starts by its name is there', async () => {
	const bench = join(__dirname, '..', '..', 'bench');
	const sources = (await readdir(bench, { recursive: true })).filter((name) => name.endsWith('.ts'));
	const started = new Set<string>();
	for (const source of sources) {
		const text = await readFile(join(bench, source), 'utf8');
		for (const [, name = ''] of text.matchAll(/\b(?:runner|script|start)\('([\w/]+)'/g)) started.add(name);
	}
	expect([...started].filter((name) => !existsSync(join(bench, `${name}.ts`)))).toEqual([]);
	expect([...started]).toEqual(expect.arrayContaining(['proxy/flood', 'runners/ours', 'servers/domo']));
});
