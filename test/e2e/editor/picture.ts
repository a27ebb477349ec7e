import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const PICTURES = resolve(__dirname, '../../../docs/pictures');
const LABELS = join(PICTURES, 'labels.json');

/** Pages that show several must stay quick to load. */
const MOST_BYTES = 300_000;

/** Messages in the corner come and go, and cover what a picture is about. */
const STYLE = '.el-notification, [data-test-id="node-feature-request"] { visibility: hidden !important; }';

/**
 * Draws what is shown now to `docs/pictures/NAME.png`, unless it is there: pictures hold ports and times, so drawing them
 * anew in every run would change them in every commit. Delete a picture and the next run draws it. Fails when the fields of the
 * page have other labels than when the picture was drawn, which are kept in `labels.json` beside it.
 */
export async function picture(of: Page | Locator, name: string): Promise<void> {
	const page = 'page' in of ? of.page() : of;
	// Fields under the mouse show buttons.
	await page.mouse.move(0, 0);
	const png = await of.screenshot({ animations: 'disabled', caret: 'hide', style: STYLE });
	if (png.length > MOST_BYTES) throw new Error(`The picture ${name} has ${png.length} bytes`);
	const shown = await labelsOf(of);
	const drawn = drawnLabels();
	const file = join(PICTURES, `${name}.png`);
	if (existsSync(file) && drawn[name] !== undefined) {
		expect({ picture: name, labels: shown }).toEqual({ picture: name, labels: drawn[name] });
		return;
	}
	if (!existsSync(file)) writeFileSync(file, png);
	const entries = Object.entries({ ...drawn, [name]: shown }).sort(([one], [other]) => one.localeCompare(other));
	writeFileSync(LABELS, `${JSON.stringify(Object.fromEntries(entries), null, '\t')}\n`);
}

/** What the visible fields are called, without the mark of a required one and the buttons behind; in order, each once. */
export async function labelsOf(of: Page | Locator): Promise<string[]> {
	const texts = await of
		.getByTestId(/^(?:input-label|credential-connection-parameter)$/)
		.filter({ visible: true })
		.allInnerTexts();
	return [...new Set(texts.map((text) => text.split('\n')[0]?.replace(/\*$/, '').trim() ?? ''))].sort();
}

function drawnLabels(): Readonly<Record<string, readonly string[]>> {
	return existsSync(LABELS) ? JSON.parse(readFileSync(LABELS, 'utf8')) : {};
}
