import { invalidParameter } from '../support/errors';
import { INVISIBLE } from './fileName';
import { expand, type MacroValues, readTemplate, type Template } from './macros';

const EXAMPLE = 'Use an absolute path such as /incoming/domo, or a relative one such as incoming/domo.';

/**
 * Checks what a user typed as a folder: absolute with a leading `/`, else from the login folder (`~/` means that, too).
 * Throws `setting`, naming `label`, for one that climbs out or holds what no server should get.
 */
export function readFolder(text: string, label: string): Template {
	return readTemplate(tidy(text, label), label);
}

/** The folder of one writeback; a date may add levels (`yyyy/MM/dd`), nothing else. Throws `setting` when macros make a path that climbs out. */
export function folder(template: Template, values: MacroValues, label: string): string {
	const path = expand(template, values, (piece) => piece.replace(/\\/g, '_'));
	// Servers take ~ and ~name for home folders: only a user may mean one.
	const isHome = path.startsWith('~') && !isTypedHome(template);
	return tidy(isHome ? `_${path.slice(1)}` : path, label);
}

function isTypedHome([first]: Template): boolean {
	return typeof first === 'string' && first.startsWith('~');
}

function tidy(text: string, label: string): string {
	const path = text.trim();
	if (INVISIBLE.test(path)) throw invalidParameter(label, 'it contains control characters', EXAMPLE);
	if (path.includes('\\'))
		throw invalidParameter(label, 'it contains a backslash', `Separate folders with /. ${EXAMPLE}`);
	const names = path.split('/').filter((name) => !['', '.'].includes(name.trim()));
	// Windows drops spaces around names, so they hide nothing here.
	if (names.some((name) => name.trim() === '..'))
		throw invalidParameter(label, 'it contains ".."', `Enter the folder without "..". ${EXAMPLE}`);
	if (path.startsWith('/')) return `/${names.join('/')}`.trim();
	while (names[0]?.trim() === '~') names.shift();
	return names.join('/').trim();
}
