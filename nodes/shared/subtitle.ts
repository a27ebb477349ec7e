/** A node's parameters as its fields hold them: expressions are not evaluated. */
type Fields = Readonly<Record<string, unknown>>;

/** A piece of a subtitle: what is shown of a field. */
type Shown = (field: unknown) => string;

/**
 * A `subtitle`: n8n's editor evaluates the source of `told` for its canvas, without items and without this file. So `told` calls nothing
 * but what it is handed, and reads what stands in a field, since an expression isn't evaluated there.
 */
export function subtitle(render: (fields: Fields, shown: Shown, shownDataSet: Shown) => string): string {
	// As JSON, n8n gives all of a resource locator; otherwise only its value.
	return `={{ (${render.toString()})($rawParameter.toJSON?.() ?? $rawParameter, ${shown.toString()}, ${shownDataSet.toString()}) }}`;
}

/** The text of a field; each expression in it is an ellipsis. */
function shown(field: unknown): string {
	const locator: { value?: unknown } = Object(field);
	const text = String(locator.value ?? (typeof field === 'string' ? field : '')).trim();
	return text.startsWith('=') ? text.slice(1).replace(/\{\{.*?(\}\}|$)/gs, '…') : text;
}

/** A DataSet: by its name where it was picked from the list, else by the start of its ID; empty when there is none. */
function shownDataSet(field: unknown): string {
	const locator: { mode?: unknown; value?: unknown; cachedResultName?: unknown } = Object(field);
	const text = String(locator.value ?? (typeof field === 'string' ? field : '')).trim();
	if (text.startsWith('=')) return 'Each item';
	// The list also tells rows and age, which are those of the day it was picked.
	const name = String(locator.cachedResultName ?? '').replace(/ \([^()]*(rows?|updated [\d-]+)\)$/, '');
	if (locator.mode !== 'list' || name === '') return text.replace(/^.*datasources\//, '').replace(/-[^]*/, '…');
	// The canvas has room for less than thirty characters, and some of the target shall be seen, too.
	return name.length > 16 ? `${name.slice(0, 13).trim()}…` : name;
}
