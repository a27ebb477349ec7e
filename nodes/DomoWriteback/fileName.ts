import { badSetting } from './errors';

/** How the target file gets its name. */
export type FileNameChoice =
	| { readonly kind: 'dataSetId' }
	| { readonly kind: 'dataSetName' }
	| { readonly kind: 'filename'; readonly name: string };

/** Longest name that ext4, NTFS and Azure all take, less what a part file adds to it. */
const NAME_BYTES = 200;

/** Device names Windows keeps for itself, with or without an extension (learn.microsoft.com, Naming Files, Paths, and Namespaces). */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;

/** What Windows drops at the end of a name. */
const TRAILING = /[.\s]+$/;

/** Control and direction characters, and what Windows or a path would misread. */
const UNSAFE = /(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"/\\|?*]|\.{2,})+/gu;

/** The target's file name: `.csv` is added when a typed name has no extension. */
export function fileName(choice: FileNameChoice, dataSet: { readonly id: string; readonly name: string }): string {
	switch (choice.kind) {
		case 'dataSetId':
			return `${dataSet.id}.csv`;
		case 'dataSetName':
			return `${safeName(dataSet.name) || dataSet.id}.csv`;
		case 'filename':
			return choice.name;
	}
}

/** Checks what a user typed as Filename and adds `.csv` when it has no extension. Throws a `setting` error. */
export function readFileName(text: string): string {
	const name = text.trim();
	const example = 'Use a plain name such as sales or sales.csv.';
	if (name === '') throw badSetting('Filename', 'it is empty', example);
	if (/[/\\]/.test(name)) {
		throw badSetting(
			'Filename',
			'it holds a folder',
			'Put the folder into Path and only the name here, e.g. sales.csv.',
		);
	}
	if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name))
		throw badSetting('Filename', 'it holds control characters', example);
	if (/^[.\s]+$/.test(name)) throw badSetting('Filename', 'dots alone are no name', example);
	// An expression that came out empty.
	if (/^\.csv$/i.test(name)) throw badSetting('Filename', 'nothing stands before .csv', example);
	const full = /[^.].*\.[^.\s]+$/.test(name) ? name : `${name.replace(TRAILING, '')}.csv`;
	if (Buffer.byteLength(full) > NAME_BYTES) {
		throw badSetting('Filename', `it is longer than ${NAME_BYTES} bytes`, 'Shorten it.');
	}
	return full;
}

/**
 * A DataSet's name as a file name: what a file system would misread becomes `_`, and it is cut to a length every server takes.
 * Empty when nothing of it is left to recognise.
 */
export function safeName(text: string): string {
	const plain = fit(text.replace(TRAILING, '').replace(UNSAFE, '_').trim().replace(/^\./, '_'));
	if (!/[^_.\s]/.test(plain)) return '';
	return WINDOWS_DEVICE.test(plain) ? fit(`_${plain}`) : plain;
}

/** Leaves room for `.csv`. */
function fit(name: string): string {
	return cutToBytes(name, NAME_BYTES - '.csv'.length).replace(TRAILING, '');
}

function cutToBytes(text: string, bytes: number): string {
	let kept = '';
	let used = 0;
	for (const character of text) {
		used += Buffer.byteLength(character);
		if (used > bytes) break;
		kept += character;
	}
	return kept;
}
