import type { Locator, Page } from 'playwright-core';

/** A node on the canvas. */
export function nodeOf(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** Opens a node of the workflow that is shown, and resolves to its view. */
export async function openNode(page: Page, name: string): Promise<Locator> {
	await nodeOf(page, name).dblclick();
	const view = page.getByTestId('ndv');
	await view.waitFor();
	return view;
}

/** Chooses in one of n8n's drop-down fields. */
export async function choose(page: Page, field: Locator, option: string | RegExp): Promise<void> {
	await field.click();
	await page.getByRole('option', { name: option }).filter({ visible: true }).click();
}

/** Opens the list of a field that has one, and resolves to its entries. */
export async function openList(page: Page, parameter: string): Promise<Locator> {
	await inputOf(page, parameter).click();
	return page.getByTestId('rlc-item');
}

/** Where the value of such a field stands. */
export function inputOf(page: Page, parameter: string): Locator {
	return page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input');
}
