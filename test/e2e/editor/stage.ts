import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { selectors } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { closable, type Endings } from '../../../sandbox/cleanups';
import { installN8n } from '../../../sandbox/n8n/install';
import { importInto, startN8n } from '../../../sandbox/n8n/n8n';
import type { N8n } from '../../../sandbox/n8n/n8n';
import { startSandbox } from '../../../sandbox/sandbox';
import type { Sandbox } from '../../../sandbox/sandbox';
import { installedFromPack } from '../installed';
import { workflowsIn } from '../workflows';
import { ensureChromium, openBrowser } from './browser';
import { signIn } from './signIn';
import { anyHostKey, mayNotList, storyWorkflows } from './stories';

const PACKAGE = resolve(__dirname, '../../..');

/** How long a page of n8n's may take to show something on a busy machine. */
const PATIENCE_MS = 60_000;

/** The real n8n with the packed package in it, the sandbox beside it, and a browser in front. */
export interface Stage {
	readonly n8n: N8n;
	readonly sandbox: Sandbox;
	/** Opens a page of n8n's in a fresh tab for as long as `act` takes. All tabs share one login. */
	visit(path: string, act: (page: Page) => Promise<void>): Promise<void>;
	close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
	return await closable(async (endings) => await opened(endings));
}

/** What is opened puts how to end it into `endings`. */
async function opened(endings: Endings): Promise<Omit<Stage, 'close'>> {
	await Promise.all([installN8n((what) => console.log(what)), ensureChromium()]);
	const installed = await installedFromPack();
	endings.push(installed.remove);
	const sandbox = await startSandbox();
	endings.push(sandbox.close);
	const workflows = [...workflowsIn(resolve(PACKAGE, 'examples')), ...storyWorkflows()];
	await importInto(installed, [...sandbox.credentials, mayNotList(sandbox), anyHostKey(sandbox)], workflows);
	const n8n = await startN8n(installed);
	endings.push(n8n.close);
	const browser = await openBrowser();
	endings.push(async () => await browser.close());
	const context = await windowOf(browser);
	await visit(context, `${n8n.url}/signin`, async (page) => await signIn(page, n8n.owner));
	return { n8n, sandbox, visit: async (path, act) => await visit(context, n8n.url + path, act) };
}

async function visit(context: BrowserContext, address: string, act: (page: Page) => Promise<void>): Promise<void> {
	const page = await context.newPage();
	try {
		await page.goto(address);
		await act(page);
	} catch (fault) {
		throw await withScreen(page, fault);
	} finally {
		await page.close();
	}
}

/** A window of every picture's size, without motion, in a language and a time zone that do not depend on the machine. */
async function windowOf(browser: Browser): Promise<BrowserContext> {
	selectors.setTestIdAttribute('data-test-id');
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		reducedMotion: 'reduce',
		colorScheme: 'light',
		locale: 'en-US',
		timezoneId: 'UTC',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	return context;
}

/** Says where to see what was on the screen when a journey ended badly. */
async function withScreen(page: Page, fault: unknown): Promise<unknown> {
	const png = await page.screenshot().catch(() => undefined);
	if (png === undefined || !(fault instanceof Error)) return fault;
	const file = join(await mkdtemp(join(tmpdir(), 'n8n-screen-')), 'screen.png');
	await writeFile(file, png);
	const seen = `The screen at that moment: ${file}`;
	fault.stack = `${fault.message}\n${seen}\n${fault.stack ?? ''}`;
	return fault;
}
