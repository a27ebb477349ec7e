/** A JSON schema as n8n reads it for its previews. */
export interface Schema {
	readonly type: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

const typeOf = (value: unknown): string =>
	Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

/** Every field below a value as `path: type`, e.g. `files[].bytes: integer`; nothing of what is null. */
export function fieldsOf(value: unknown, path = ''): readonly string[] {
	if (value === null || value === undefined) return [];
	const own = `${path}: ${typeOf(value)}`;
	if (Array.isArray(value)) return [own, ...value.flatMap((entry) => fieldsOf(entry, `${path}[]`))];
	if (typeof value !== 'object') return [own];
	return [own, ...Object.entries(value).flatMap(([name, part]) => fieldsOf(part, `${path}.${name}`))];
}

/** The same of what a schema promises. */
export function fieldsIn({ type, properties = {}, items }: Schema, path = ''): readonly string[] {
	const parts = Object.entries(properties).flatMap(([name, part]) => fieldsIn(part, `${path}.${name}`));
	return [`${path}: ${type}`, ...parts, ...(items ? fieldsIn(items, `${path}[]`) : [])];
}
