import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where the built package formats. */
const FORMATTER = 'dist/nodes/DomoWriteback/format/formatter.js';

/** What a formatter is asked for, as far as a transfer without one answers it. */
interface Bare {
	readonly contentType: string;
	readonly columns: readonly unknown[];
	parts(source: AsyncIterable<Buffer>): AsyncGenerator<object>;
}

/** Takes the formatting out of a built package: the export itself is the only part, and no code of the format's room sees it. */
export function withoutFormat(packageFolder: string): void {
	const module: unknown = createRequire(__filename)(join(packageFolder, FORMATTER));
	if (typeof Reflect.get(Object(module), 'openFormatter') !== 'function')
		throw new Error(`${FORMATTER} has no openFormatter any more: tell bench/runners/withoutFormat.ts what formats now`);
	const bare = async (_plan: unknown, columns: readonly unknown[]): Promise<Bare> => ({
		contentType: 'text/csv',
		columns,
		async *parts(source) {
			yield { number: 1, body: source, rows: () => undefined, content: () => undefined };
		},
	});
	Reflect.set(Object(module), 'openFormatter', bare);
}
