import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const PICTURES = resolve(__dirname, '../../../docs/pictures');

/** Pages that show several must stay quick to load. */
const MOST_BYTES = 300_000;

/** Messages in the corner come and go, and cover what a picture is about. */
const STYLE = '.el-notification, [data-test-id="node-feature-request"] { visibility: hidden !important; }';

/**
 * Draws what is shown now to `docs/pictures/NAME.png`, unless it is there: pictures hold ports and times, so drawing them
 * anew in every run would change them in every commit. Delete a picture and the next run draws it.
 */
export async function picture(of: Page | Locator, name: string): Promise<void> {
	const page = 'page' in of ? of.page() : of;
	// Fields under the mouse show buttons.
	await page.mouse.move(0, 0);
	const png = await of.screenshot({ animations: 'disabled', caret: 'hide', style: STYLE });
	if (png.length > MOST_BYTES) throw new Error(`The picture ${name} has ${png.length} bytes`);
	const file = join(PICTURES, `${name}.png`);
	if (existsSync(file)) return;
	await mkdir(PICTURES, { recursive: true });
	await writeFile(file, png);
}
