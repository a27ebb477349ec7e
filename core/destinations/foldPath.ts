import { withoutEnd } from '../support/withoutEnd';

/**
 * Equal for two paths that some server takes for one: one that ignores case (Windows, macOS), takes both Unicode forms of a letter for one
 * (macOS), or drops dots and spaces at the ends of names (Windows).
 */
export function foldPath(path: string): string {
	const plain = path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
	return plain
		.split('/')
		.map((name) => withoutEnd(name, /[.\s]/))
		.join('/');
}
