import type ts from 'typescript';
import type { Frame } from './frames';
import type { Func } from './source';
import { gapOf, plain, type Template, textOf } from './template';

/** What an expression comes to, as far as the source alone tells. */
export type Value =
	| { readonly kind: 'words'; readonly template: Template }
	| { readonly kind: 'constant'; readonly value: number | boolean | undefined | null }
	/** An object, a list or a function, as it is written down. */
	| { readonly kind: 'written'; readonly node: ts.Expression | Func; readonly frame: Frame | undefined }
	| { readonly kind: 'unknown' };

export const UNKNOWN: Value = { kind: 'unknown' };
export const constant = (value: number | boolean | undefined | null): Value => ({ kind: 'constant', value });
export const words = (template: Template): Value => ({ kind: 'words', template });
export const text = (value: string): Value => words(textOf(value));
export const gap = (value: string): Value => words(gapOf(value));

/** The text, number or truth that a value is; `unknown` for all others. */
export function known(value: Value): string | number | boolean | undefined | null | { readonly unknown: true } {
	if (value.kind === 'constant') return value.value;
	const bare = value.kind === 'words' ? plain(value.template) : undefined;
	return bare ?? { unknown: true };
}

export function isNothing(value: Value): boolean {
	return value.kind === 'constant' && (value.value === undefined || value.value === null);
}
