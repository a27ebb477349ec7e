import { badSetting } from './errors';

/**
 * Checks what a user typed as Path: absolute with a leading `/`, else from the login folder (`~/` means that, too).
 * Throws `setting` for a path that climbs out or holds what no server should get.
 */
export function readFolder(text: string): string {
	const path = text.trim();
	const example = 'Use e.g. /incoming/domo, or incoming/domo from the login folder.';
	if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) throw badSetting('Path', 'it holds control characters', example);
	if (path.includes('\\'))
		throw badSetting('Path', 'it holds a backslash', `SFTP separates folders with /. ${example}`);
	const names = path.split('/').filter((name) => !/^\s*\.?\s*$/.test(name));
	// Windows drops spaces around names, so they hide nothing here.
	if (names.some((name) => name.trim() === '..'))
		throw badSetting('Path', 'it climbs out with ..', `Name the folder itself. ${example}`);
	if (path.startsWith('/')) return `/${names.join('/')}`.trim();
	while (names[0]?.trim() === '~') names.shift();
	return names.join('/').trim();
}
