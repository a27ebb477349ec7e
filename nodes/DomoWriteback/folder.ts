import { badSetting } from './errors';

/**
 * Checks what a user typed as Path: absolute with a leading `/`, else from the login folder (`~/` means that, too).
 * Throws `setting` for a path that climbs out or holds what no server should get.
 */
export function readFolder(text: string): string {
	const path = text.trim().replace(/^~(?=\/|$)\/*/, '');
	const example = 'Use e.g. /incoming/domo, or incoming/domo from the login folder.';
	if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) throw badSetting('Path', 'it holds control characters', example);
	if (path.includes('\\'))
		throw badSetting('Path', 'it holds a backslash', `SFTP separates folders with /. ${example}`);
	const names = path.split('/').filter((name) => name !== '' && name !== '.');
	if (names.includes('..')) throw badSetting('Path', 'it climbs out with ..', `Name the folder itself. ${example}`);
	return (path.startsWith('/') ? '/' : '') + names.join('/');
}
