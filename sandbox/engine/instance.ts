import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Credentials } from 'n8n-core';

let prepared = false;

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
