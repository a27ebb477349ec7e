import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const exec = promisify(execFile);

/** Where Debian, Fedora and Arch put it. */
const CHROMIUM = '/usr/bin/chromium';

/** Nothing is loaded but n8n's pages, from this machine: the journeys see the same with and without the internet. */
const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const INSTALL_IT = `The journeys through n8n's editor need Chromium at ${CHROMIUM}. Install it once: sudo apt-get install chromium`;

/** Installs Chromium where that needs nobody's consent (Debian, as root); else throws with the command to run. */
export async function ensureChromium(): Promise<void> {
	if (existsSync(CHROMIUM)) return;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(INSTALL_IT);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	try {
		await exec('apt-get', ['update', '-qq'], { env });
		await exec('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium'], { env });
	} catch (cause) {
		throw new Error(INSTALL_IT, { cause });
	}
}

/** Starts Chromium, headless and with an empty profile; its `close()` ends all its processes and drops the profile. */
export async function openBrowser(): Promise<Browser> {
	await ensureChromium();
	return await chromium.launch({ executablePath: CHROMIUM, headless: true, chromiumSandbox: false, args: FLAGS });
}
