/** One field of something that came from outside; undefined when it is no object, or has none. */
export function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
