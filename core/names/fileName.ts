import { invalidParameter } from '../support/errors';
import { type Extension, withExtension, withoutTrailing } from './extension';
import { expand, type MacroValues, namesParts, partNumber, readTemplate, type Template, typedEnd } from './macros';

/** How the target file gets its name. */
export type FileNameChoice =
	| { readonly kind: 'dataSetId' }
	| { readonly kind: 'dataSetName' }
	| {
			readonly kind: 'filename';
			readonly template: Template;
			/** The end of the name as the user typed it, where an expression brought in the rest; absent when all of it was typed. */
			readonly typed?: string;
	  };

/** Longest name that ext4, NTFS and Azure all take, less what a part file adds to it. */
const NAME_BYTES = 200;

/** Device names Windows keeps for itself, with or without an extension (learn.microsoft.com, Naming Files, Paths, and Namespaces). */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;

/** Control and direction characters: no name of a file or folder has any. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Control and direction characters, and what Windows or a path would misread. */
const UNSAFE = /(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"/\\|?*]|\.{2,})+/gu;

const EXAMPLE = 'Use a plain name such as sales or sales.csv.';

/** One writeback's name, in the pieces that numbers go between. */
export interface FileName {
	readonly stem: string;
	/** Extension, first dot included. */
	readonly end: string;
	/** Whether the user said where the part number stands. */
	readonly namesParts: boolean;
}

/** The name of a writeback's file, or of one of its parts. Throws `setting` for a name that macros made too long. */
export function fileName(choice: FileNameChoice, extension: Extension, values: MacroValues): FileName {
	if (choice.kind !== 'filename') {
		const stem = choice.kind === 'dataSetName' && values.dataSetName !== '' ? values.dataSetName : values.dataSetId;
		const end = extension.typed ?? extension.data + extension.wrapping;
		return { stem, end, namesParts: false };
	}
	const text = joinedByDots(choice.template, values, (piece) => piece.replace(UNSAFE, '_'));
	const { stem, end } = withExtension(text.trim(), typedEnd(choice.template, choice.typed), extension);
	const name = { stem, end, namesParts: namesParts(choice.template) };
	checkRest(name.stem, 'Filename');
	if (Buffer.byteLength(name.stem + name.end) > NAME_BYTES) throw tooLong();
	return name;
}

/** The name of the done file that a user typed. Throws `setting` for a name that macros made too long. */
export function doneFileName(template: Template, values: MacroValues): string {
	const name = joinedByDots(template, values, safeName).trim();
	checkRest(name, 'Done File Name');
	if (Buffer.byteLength(name) > NAME_BYTES) throw tooLong('Done File Name');
	return name;
}

/** Expands a template. Where a macro meets dots, one dot stays: only a user may write several. */
function joinedByDots(template: Template, values: MacroValues, fit: (text: string) => string): string {
	const text = expand(template, values, fit);
	const isTyped = template.some((piece) => typeof piece === 'string' && piece.includes('..'));
	return isTyped ? text : text.replace(/\.{2,}/g, '.');
}

/** Throws `setting` for a name that would be the folder itself, or the one above it. */
function checkRest(name: string, label: string): void {
	if (!/[^.\s]/.test(name)) throw invalidParameter(label, 'only dots and spaces are left of it', EXAMPLE);
}

/** The field that gives the file its name. */
export function labelOf(choice: FileNameChoice): 'Filename' | 'Select Filename' {
	return choice.kind === 'filename' ? 'Filename' : 'Select Filename';
}

/** Puts the pieces together: `number` tells a new file from those that are there, `part` the parts of a DataSet that is split. */
export function joined({ stem, end, namesParts: named }: FileName, number: number, part: number | undefined): string {
	return stem + (number === 0 ? '' : `-${number}`) + (part === undefined || named ? '' : `-${partNumber(part)}`) + end;
}

/** Checks what a user typed as Filename. Throws a `setting` error. */
export function readFileName(text: string, label = 'Filename'): Template {
	const name = text.trim();
	if (name === '') throw invalidParameter(label, 'it is empty', EXAMPLE);
	if (/[/\\]/.test(name)) {
		throw invalidParameter(
			label,
			'it contains a folder',
			"Put the folder into 'Path', and only the name here, e.g. sales.csv.",
		);
	}
	if (INVISIBLE.test(name)) throw invalidParameter(label, 'it contains control characters', EXAMPLE);
	if (/^[.\s]+$/.test(name)) throw invalidParameter(label, "a name can't consist of dots alone", EXAMPLE);
	// An expression that came out empty.
	if (/^\.csv$/i.test(name)) throw invalidParameter(label, 'there is no name before .csv', EXAMPLE);
	const template = readTemplate(name, label);
	if (Buffer.byteLength(name) > NAME_BYTES) throw tooLong(label);
	return template;
}

/**
 * A DataSet's name as a file name: what a file system would misread becomes `_`, and it is cut to a length every server takes.
 * Empty when nothing of it is left to recognise.
 */
export function safeName(text: string): string {
	const plain = fit(withoutTrailing(text).replace(UNSAFE, '_').trim().replace(/^\./, '_'));
	if (!/[^_.\s]/.test(plain)) return '';
	return WINDOWS_DEVICE.test(plain) ? fit(`_${plain}`) : plain;
}

/** Leaves room for extensions and numbers. */
function fit(name: string): string {
	return withoutTrailing(cutToBytes(name, NAME_BYTES - '.jsonl.gz.pgp-00001-00001'.length));
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

function tooLong(label = 'Filename') {
	return invalidParameter(
		label,
		`it is longer than ${NAME_BYTES} bytes`,
		`Shorten it. Letters other than A to Z take 2 to 4 bytes each. ${EXAMPLE}`,
	);
}
