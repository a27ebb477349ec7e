import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from './profile';
import type { Result } from './result';

const PROFILE = '.profile.json';

export async function writeResult(folder: string, result: Result): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${result.case}.json`), `${JSON.stringify(result, null, '\t')}\n`);
}

export async function writeProfile(folder: string, name: string, profile: Profile): Promise<void> {
	await writeFile(join(folder, `${name}${PROFILE}`), `${JSON.stringify(profile, null, '\t')}\n`);
}

/** The one kept for a case. */
export async function readProfile(folder: string, name: string): Promise<Profile | undefined> {
	const text = await readFile(join(folder, `${name}${PROFILE}`), 'utf8').catch(() => undefined);
	return text === undefined ? undefined : JSON.parse(text);
}

/** All that are kept, by the name of the case. */
export async function readResults(folder: string): Promise<ReadonlyMap<string, Result>> {
	const results = new Map<string, Result>();
	for (const name of await readdir(folder).catch(() => [])) {
		if (!name.endsWith('.json') || name.endsWith(PROFILE)) continue;
		const result: Result = JSON.parse(await readFile(join(folder, name), 'utf8'));
		results.set(result.case, result);
	}
	return results;
}
