import { randomBytes } from 'node:crypto';
import { pathOf } from './remoteFiles';
import type { Target } from '../../destination';

/** Where a file grows, and where an old one steps aside on a server that cannot replace in one step. */
export interface TemporaryPaths {
	readonly part: string;
	readonly backupPath: string;
}

/** More than any file system takes in a name. */
const MOST_CHARACTERS = 1024;

/** What readers, and servers that allow only some names, take for the end of a name. */
const END = /(?:\.\p{L}[\p{L}\p{N}]*){0,3}$/u;

/** Names that no other upload has. */
export function temporaryPaths(target: Target): TemporaryPaths {
	const id = randomBytes(6).toString('hex');
	return { part: temporaryPath(target, id, 'part'), backupPath: temporaryPath(target, id, 'old') };
}

function temporaryPath({ folder, fileName, temporary }: Target, id: string, word: 'part' | 'old'): string {
	if (temporary === undefined || temporary.kind === 'hidden')
		return pathOf({ folder, fileName: `.${fileName}.${id}.${word}` });
	const { stem, end } = split(fileName);
	const name = `${stem}${id}.${word}${end}`;
	return pathOf({ folder: temporary.kind === 'folder' ? temporary.folder : folder, fileName: name });
}

/** `sales.csv.gz` becomes `sales.` and `.csv.gz`; no name begins with a dot. */
function split(fileName: string): { readonly stem: string; readonly end: string } {
	const end = END.exec(fileName)?.[0] ?? '';
	const stem = fileName.slice(0, fileName.length - end.length).replace(/^\.+/, '');
	return { stem: stem === '' ? '' : `${stem}.`, end };
}

/** Whether a part file of any target may have this name. */
export function isPartName(name: string): boolean {
	return name.length <= MOST_CHARACTERS && /(?:^|\.)[0-9a-f]{12}\.part(?:\.|$)/.test(name);
}

/** The names of part files for a target, however they were called at the time. */
export function partNames(fileName: string): RegExp {
	const { stem, end } = split(fileName);
	const hidden = `\\.${escaped(fileName)}\\.[0-9a-f]{12}\\.part`;
	const visible = `${escaped(stem)}[0-9a-f]{12}\\.part${escaped(end)}`;
	return new RegExp(`^(?:${hidden}|${visible})$`);
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
