import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['sandbox', 'sandbox/engine', 'sandbox/domo', 'bench/runners', 'bench/proxy', 'bench/servers'];
const OPTIONS = {
	compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
};

/**
 * Compiles what runs in processes of its own to plain JavaScript in `folder`, so that no loader is in the measured process:
 * tsx alone adds memory and turns source maps on.
 */
export async function compileInto(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	for (const place of FOLDERS) {
		for (const name of await readdir(join(ROOT, place))) {
			if (!name.endsWith('.ts')) continue;
			const text = await readFile(join(ROOT, place, name), 'utf8');
			const target = join(folder, place, name.replace(/\.ts$/, '.js'));
			await mkdir(dirname(target), { recursive: true });
			await writeFile(target, transpileModule(text, OPTIONS).outputText);
		}
	}
}
