import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Credentials } from 'n8n-core';
import { setSafeRegexEngine } from 'n8n-workflow';

let prepared = false;

/** n8n gives each of its regular expressions 250 ms by the clock, which a busy machine lets pass before one has begun. */
const unbounded: Parameters<typeof setSafeRegexEngine>[0] = {
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, `${(flags ?? '').replace('g', '')}g`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
};

/**
 * Gives n8n-core the key and the folder it asks for once per process, and leaves neither on disk. Without this it writes a
 * key into the home folder. The environment is afterwards as it was, so that an n8n started from here makes its own.
 */
export function prepareInstance(): void {
	if (prepared) return;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	const before = { ...process.env };
	process.env.N8N_USER_FOLDER = folder;
	process.env.N8N_ENCRYPTION_KEY = randomBytes(24).toString('base64');
	process.env.N8N_LOG_LEVEL ??= 'silent';
	try {
		// Whatever encrypts loads the instance settings, which read the environment and write the key file.
		new Credentials({ id: 'instance', name: 'instance' }, 'instance');
		setSafeRegexEngine(unbounded);
		prepared = true;
	} finally {
		for (const name of ['N8N_USER_FOLDER', 'N8N_ENCRYPTION_KEY', 'N8N_LOG_LEVEL']) restore(name, before[name]);
		rmSync(folder, { recursive: true, force: true });
	}
}

function restore(name: string, value: string | undefined): void {
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}
