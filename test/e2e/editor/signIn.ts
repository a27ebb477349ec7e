import type { Page } from 'playwright-core';

/** The account of an n8n's owner. */
export interface Owner {
	readonly email: string;
	readonly password: string;
}

/** Fills in the login that a page of n8n's asks for, and resolves when n8n has let the owner in. */
export async function signIn(page: Page, owner: Owner): Promise<void> {
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
}
