import { type Owner, signIn } from './editor/signIn';
import { openBrowser } from './editor/browser';

/** The names of the first workflows that a newcomer sees who opens `address` and signs in, from the top. */
export async function firstWorkflowsAt(address: string, owner: Owner, count: number): Promise<string[]> {
	const browser = await openBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		page.setDefaultTimeout(60_000);
		await page.goto(address);
		await signIn(page, owner);
		const names = page.locator('[data-test-id="workflow-card-name"]');
		await names.nth(count - 1).waitFor();
		return (await names.allInnerTexts()).slice(0, count).map((name) => name.trim());
	} finally {
		await browser.close();
	}
}
