import { badSetting } from '../errors';
import { field } from '../field';

/** The options of one collection of the node, e.g. Transfer, as far as the user has added them. */
export interface Options {
	/** Undefined when the option is not added. */
	value(name: string): unknown;
	/** Trimmed of nothing: a delimiter may be a space. Empty when it is not added. */
	text(name: string): string;
	flag(name: string, otherwise: boolean): boolean;
	/** Throws `setting` for anything but a whole number in the range. */
	whole(name: string, label: string, least: number, most: number): number | undefined;
	/** Throws `setting` for anything but one of `known`. */
	choice<T extends string>(name: string, label: string, known: readonly T[], otherwise: T): T;
	/** The options of a collection inside this one. */
	inner(name: string): Options;
	/** The entries of a collection whose entries can be added again and again. */
	entries(name: string, of: string): readonly Options[];
}

/** `pane` is the collection's label, for the way out. */
export function optionsOf(collection: unknown, pane: string): Options {
	const value = (name: string) => field(collection, name);
	return {
		value,
		text: (name) => String(value(name) ?? ''),
		flag: (name, otherwise) => {
			const set = value(name);
			return set === undefined ? otherwise : set === true || set === 'true';
		},
		whole: (name, label, least, most) => {
			const set = value(name);
			return set === undefined ? undefined : within(set, label, least, most, pane);
		},
		choice: (name, label, known, otherwise) => {
			const set = value(name) ?? otherwise;
			const found = known.find((choice) => choice === set);
			if (found !== undefined) return found;
			throw badSetting(label, 'there is no such choice', `Choose one of these under ${pane}: ${known.join(', ')}.`);
		},
		inner: (name) => optionsOf(value(name), pane),
		entries: (name, of) => {
			const list = field(value(name), of);
			return Array.isArray(list) ? list.map((entry: unknown) => optionsOf(entry, pane)) : [];
		},
	};
}

function within(value: unknown, label: string, least: number, most: number, pane: string): number {
	const number = Number(value);
	if (value !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
	throw badSetting(
		label,
		`it must be a whole number from ${least} to ${most}`,
		`Change it under ${pane}, e.g. to ${least}.`,
	);
}
