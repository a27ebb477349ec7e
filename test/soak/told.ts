import type { IDataObject } from 'n8n-workflow';
import type { Witnessed } from './aftermath';

/** What the user is told about one item. */
export type Told =
	| { readonly kind: 'receipt'; readonly json: IDataObject }
	| { readonly kind: 'skipped'; readonly json: IDataObject }
	| { readonly kind: 'refusal'; readonly text: string; readonly reason: unknown; readonly hint: unknown }
	/** The item ended with the execution; whoever stopped that may be told something. */
	| { readonly kind: 'silence'; readonly text: string };

export const SILENCE: Told = { kind: 'silence', text: '' };

export function toldOf({ outcome }: Pick<Witnessed, 'outcome'>, index: number): Told {
	const item = outcome?.good.find(({ pairedItem }) => Reflect.get(Object(pairedItem), 'item') === index)?.json;
	if (typeof item?.sha256 === 'string') return { kind: 'receipt', json: item };
	if (typeof item?.skipped === 'string') return { kind: 'skipped', json: item };
	// A node that is stopped while it goes on after failures hands its input on.
	if (item?.error !== undefined) {
		const { reason, hint } = Object(item.details);
		return { kind: 'refusal', text: `${String(item.error)}. ${String(hint)}`, reason, hint };
	}
	const error = outcome?.run.error;
	if (error === undefined || Reflect.get(Object(error.context), 'itemIndex') !== index) return SILENCE;
	const { description: hint, message } = error;
	const text = `${message}. ${String(hint)}`;
	const reason: unknown = Reflect.get(error, 'type');
	return reason === 'cancelled' ? { kind: 'silence', text } : { kind: 'refusal', text, reason, hint };
}

/** Everything the user reads about an item. */
export function textOf(told: Told): string {
	return 'json' in told ? JSON.stringify(told.json) : told.text;
}

/** Whether a refusal has a reason of its own and a way out; settings are not at fault unless they were drawn so. */
export function isClear({ reason, hint }: Extract<Told, { readonly kind: 'refusal' }>, mayBeSetting: boolean): boolean {
	const unclear = ['unknown', 'cancelled', ...(mayBeSetting ? [] : ['setting'])];
	return typeof reason === 'string' && !unclear.includes(reason) && typeof hint === 'string' && hint !== '';
}
