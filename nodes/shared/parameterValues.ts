import { invalidParameter } from '../../core/support/errors';
import { field } from '../../core/support/field';

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

/** Reads yes and no as expressions and spreadsheets spell them, in any case. Throws `setting` for anything else, also for nothing. */
export function readFlag(value: unknown, label: string): boolean {
	const text = plainText(value).toLowerCase();
	if (YES.has(text)) return true;
	if (NO.has(text)) return false;
	throw invalidParameter(
		label,
		'it must be true or false',
		'Use the toggle, or an expression that returns true or false. An empty result is neither.',
	);
}

interface Range {
	readonly least: number;
	readonly most: number;
	readonly example: number;
	/** Where the field is. */
	readonly pane: string;
}

/** Reads a whole number, also as text. Throws `setting` for anything else, and for one outside the range. */
export function readWhole(value: unknown, label: string, { least, most, example, pane }: Range): number {
	const text = typeof value === 'boolean' ? '' : plainText(value);
	const number = /^\+?\d+(?:\.\d*)?(?:e\+?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
	if (Number.isInteger(number) && number >= least && number <= most) return number;
	throw invalidParameter(
		label,
		`it must be a whole number from ${least} to ${most}`,
		`Change it under ${pane}, e.g. to ${example}.`,
	);
}

/** Reads a choice by its value or by what the editor calls it, in any case. Throws `setting` for anything else. */
export function readChoice<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
	pane: string,
	property?: unknown,
): T {
	const found = choiceOf(value, choices, property);
	if (found !== undefined) return found;
	throw invalidParameter(label, 'there is no such option', `Choose one of these under ${pane}: ${choices.join(', ')}.`);
}

/** The one of `track` that is meant, by its value or by its name in the editor, whose description of the field is `property`. */
export function choiceOf<T extends string>(value: unknown, choices: readonly T[], property?: unknown): T | undefined {
	const text = plainText(value);
	if (text === '') return undefined;
	const listed: unknown = field(property, 'options');
	const options: readonly unknown[] = Array.isArray(listed) ? listed : [];
	const named = options.find((option) => bare(field(option, 'name')) === bare(text));
	return (
		choices.find((choice) => choice === text) ??
		choices.find((choice) => bare(choice) === bare(text)) ??
		choices.find((choice) => choice === field(named, 'value'))
	);
}

/** Letters and digits alone, in lower case: "Add Number" is addNumber. */
function bare(text: unknown): string {
	return String(text ?? '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Text, a number or a boolean as text without spaces around it; empty for anything else. */
function plainText(value: unknown): string {
	return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value).trim() : '';
}
