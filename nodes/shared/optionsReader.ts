import type { INodeProperties } from 'n8n-workflow';

import { readChoice, readFlag, readWhole } from './parameterValues';
import { invalidParameter } from '../../core/support/errors';
import { field } from '../../core/support/field';

/** The options of one collection of the node, e.g. Transfer, as far as the user has added them. What an expression yields is read as it is usually spelt. */
export interface Options {
	/** Undefined when the option is not added; null for an expression that came out empty. */
	value(name: string): unknown;
	/** Trimmed of nothing: a delimiter may be a space. Empty when it is not added. Throws `setting` for a list or an object. */
	text(name: string): string;
	/** Throws `setting` for anything but yes and no. */
	flag(name: string, label: string, otherwise: boolean): boolean;
	/** Throws `setting` for anything but a whole number in the range; its hint proposes `example`. */
	whole(name: string, label: string, least: number, most: number, example: number): number | undefined;
	/** Throws `setting` for anything but one of `track`, or what the editor calls it. */
	choice<T extends string>(name: string, label: string, choices: readonly T[], otherwise: T): T;
	/** The entries of a collection whose entries can be added again and again. Throws `setting` for what holds none of them. */
	entries(name: string, of: string, label: string): readonly Options[];
}

/** `pane` is the collection's label, for the way out; `properties` are its options in the editor. Throws `setting` for what is no collection. */
export function optionsOf(collection: unknown, pane: string, properties: INodeProperties['options'] = []): Options {
	checkCollection(collection, pane);
	const value = (name: string) => {
		const set = field(collection, name);
		return set === undefined && Object.hasOwn(Object(collection), name) ? null : set;
	};
	const property = (name: string) => properties.find((one) => one.name === name);
	return {
		value,
		text: (name) => readText(value(name), String(field(property(name), 'displayName') ?? pane)),
		flag: (name, label, otherwise) => {
			const set = value(name);
			return set === undefined ? otherwise : readFlag(set, label);
		},
		whole: (name, label, least, most, example) => {
			const set = value(name);
			return set === undefined ? undefined : readWhole(set, label, { least, most, example, pane });
		},
		choice: (name, label, choices, otherwise) => {
			const set = value(name);
			return set === undefined ? otherwise : readChoice(set, label, choices, pane, property(name));
		},
		entries: (name, of, label) => {
			const set = value(name);
			if (set === undefined) return [];
			const inner = optionsIn(property(name)).find((one) => field(one, 'name') === of);
			const fields = field(inner, 'values');
			return entriesOf(set, of, label).map((entry) => optionsOf(entry, label, Array.isArray(fields) ? fields : []));
		},
	};
}

function optionsIn(property: unknown): readonly unknown[] {
	const listed = field(property, 'options');
	return Array.isArray(listed) ? listed : [];
}

function checkCollection(collection: unknown, label: string): void {
	if (typeof collection === 'object' && collection !== null && !Array.isArray(collection)) return;
	throw invalidParameter(
		label,
		"it isn't a list of options",
		'Use an expression for each option, or one that returns an object.',
	);
}

/** Text of a parameter; empty for none. Throws `setting`, naming `label`, for a list or an object, which is no name of anything. */
export function readText(value: unknown, label: string): string {
	if (typeof value !== 'object' || value === null) return String(value ?? '');
	if (value instanceof Date || 'toISO' in value) return String(value);
	throw invalidParameter(
		label,
		'it is a list or an object',
		'Use an expression that returns text, e.g. {{ $json.name }}.',
	);
}

/** Also takes the list without the name that n8n wraps it in, and a single entry. */
function entriesOf(set: unknown, of: string, label: string): readonly unknown[] {
	const list = Array.isArray(set) ? set : field(set, of);
	if (Array.isArray(list)) return list;
	if (typeof list === 'object' && list !== null) return [list];
	if (typeof set === 'object' && set !== null && Object.keys(set).length === 0) return [];
	throw invalidParameter(
		label,
		'it has no entries',
		'Add its entries one by one, or use an expression that returns a list.',
	);
}
