import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Puts a function in the place of one that a file of a built package exports, for all that call it from now on. */
export function replaceExport(
	packageFolder: string,
	file: string,
	name: string,
	by: (...args: never[]) => unknown,
): void {
	const module: unknown = createRequire(__filename)(join(packageFolder, file));
	if (typeof Reflect.get(Object(module), name) !== 'function')
		throw new Error(`${file} has no ${name} any more: tell bench/runners what does its work now`);
	Reflect.set(Object(module), name, by);
}
