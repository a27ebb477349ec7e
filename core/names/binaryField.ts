import { invalidParameter } from '../support/errors';

const LABEL = 'Put Output File in Field';

/** Names that expressions and lists of fields can hold: no dot, comma, slash or quote. */
const FIELD = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]{0,99}$/u;

/** Checks the field of binary data that a file is put into. Throws `setting` for one that later nodes could not name. */
export function readBinaryField(text: string): string {
	const field = text.trim();
	if (FIELD.test(field) && field !== '__proto__') return field;
	const what = field === '' ? 'it is empty' : 'a name of up to 100 letters, digits, spaces, _ and - is needed';
	throw invalidParameter(LABEL, what, 'Use e.g. data.');
}

/** The field of one part, of the only file, or of the done file. */
export function binaryField(field: string, part: number | 'done' | undefined): string {
	return part === undefined ? field : `${field}_${part}`;
}
