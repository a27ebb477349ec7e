import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);

const APT = '/usr/bin/apt-get';

/** Debian starts what it installs unless this file says no (101 is its word for "not allowed"). */
const POLICY = '/usr/sbin/policy-rc.d';

/** Software that Debian has and the tests start by themselves. */
export interface DebianSoftware {
	/** What people call it. */
	readonly name: string;
	readonly packages: readonly string[];
	/** What the packages bring: when all of it is there, however it came, nothing is installed. */
	readonly files: readonly string[];
	/** The service that Debian would start at every boot. */
	readonly service?: string;
	/** Where else it comes from. */
	readonly elsewhere?: string;
}

/** Installs what is missing, and starts none of it, where that needs no consent (Debian, as root); else throws with the command to run. */
export async function ensureInstalled(...wanted: readonly DebianSoftware[]): Promise<void> {
	const missing = wanted.filter(({ files }) => !files.every((file) => existsSync(file)));
	if (missing.length === 0) return;
	if (process.getuid?.() !== 0 || !existsSync(APT)) throw new Error(advice(missing));
	const guarded = !existsSync(POLICY);
	if (guarded) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		await install(missing);
	} catch (cause) {
		throw new Error(advice(missing), { cause });
	} finally {
		if (guarded) await rm(POLICY, { force: true });
	}
}

async function install(missing: readonly DebianSoftware[]): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await exec(APT, ['update', '-qq'], { env });
	await exec(APT, ['install', '-qq', '-y', '--no-install-recommends', ...packagesOf(missing)], { env });
	for (const { service } of missing)
		if (service !== undefined) await exec('update-rc.d', [service, 'disable'], { env });
}

function advice(missing: readonly DebianSoftware[]): string {
	const names = missing.map(({ name }) => name).join(' and ');
	const elsewhere = missing.flatMap((software) => software.elsewhere ?? []);
	return [
		`${names} must be installed. Run once: sudo apt-get install ${packagesOf(missing).join(' ')}`,
		...elsewhere,
		'No service has to run: each test starts its own on a free port.',
	].join('\n');
}

function packagesOf(software: readonly DebianSoftware[]): string[] {
	return [...new Set(software.flatMap(({ packages }) => packages))];
}
