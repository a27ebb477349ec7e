import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { run } from './run';
import { python } from './text';

/** What a spreadsheet makes of a cell: `float`, `date`, `string` and so on, with its value; null when it is empty. */
export type SheetCell = readonly [type: string, value: string] | null;

/** Codes of the import filter (help.libreoffice.org, CSV filter parameters). */
const UTF_8 = 76;
const FROM_ROW = 1;
const GERMAN = 1031;

/**
 * The rows of a CSV file in UTF-8 as LibreOffice Calc reads them with German settings, and with its guess of dates and other special numbers: as a
 * double click opens it. Numbers have 15 digits.
 */
export async function readInGerman(path: string, delimiter: string): Promise<SheetCell[][]> {
	const folder = await mkdtemp(join(tmpdir(), 'calc-'));
	try {
		const code = (character: string) => character.charCodeAt(0);
		const tokens = [code(delimiter), code('"'), UTF_8, FROM_ROW, '', GERMAN, false, true];
		// A profile of its own: without it, two at once would be one program.
		const own = [`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--norestore'];
		const as = ['--convert-to', 'fods', `--infilter=CSV:${tokens.join(',')}`, '--outdir', folder];
		await run('/usr/bin/soffice', [...own, ...as, path]);
		const sheet = await readFile(join(folder, `${basename(path, extname(path))}.fods`));
		return JSON.parse(String(await python('readSheet.py', [], sheet)));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
