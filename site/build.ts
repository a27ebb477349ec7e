import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { deadLinks } from './deadLinks';
import { installGenerator } from './install';
import { stage } from './stage';

const exec = promisify(execFile);
const ROOT = resolve(__dirname, '..');

export interface BuildOptions {
	/** Holds the site afterwards, and nothing else. It stays as it was when the build fails. */
	readonly out: string;
	/** Where the site will be served; the root of any host when absent. Its path ends with a slash. */
	readonly address?: URL;
	readonly say: (what: string) => void;
}

/** Builds the site from README.md, docs/ and the pages beside them. Rejects when a link of it leads nowhere. */
export async function buildSite({ out, address, say }: BuildOptions): Promise<void> {
	const generator = await installGenerator(say);
	// Below the generator, so that its packages are found from there.
	const work = await mkdtemp(join(generator, 'work-'));
	try {
		await stage(ROOT, work, address);
		await generate(generator, work);
		const built = join(work, 'dist');
		const dead = deadLinks(built, address?.pathname);
		if (dead.length > 0) throw new Error(`These links of the site lead nowhere:\n${dead.join('\n')}`);
		await rm(out, { recursive: true, force: true });
		await cp(built, out, { recursive: true });
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

async function generate(generator: string, work: string): Promise<void> {
	const script = join(generator, 'node_modules/astro/bin/astro.mjs');
	// jest and the like set it to `test`, which makes another site.
	const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
	const options = { cwd: work, env, maxBuffer: 1 << 26 };
	await exec(process.execPath, [script, 'build'], options).catch((fault: { stdout?: string; stderr?: string }) => {
		throw new Error(`The site could not be built:\n${fault.stdout ?? ''}${fault.stderr ?? String(fault)}`);
	});
}
