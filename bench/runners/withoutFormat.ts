import { replaceExport } from './replaceExport';

/** Where the built package formats. */
const FORMATTER = 'dist/core/format/formatter.js';

/** What a formatter is asked for, as far as a transfer without one answers it. */
interface Bare {
	readonly contentType: string;
	readonly columns: readonly unknown[];
	parts(source: AsyncIterable<Buffer>): AsyncGenerator<object>;
	selection(): undefined;
}

/** Takes the formatting out of a built package: the export itself is the only part, and no code of the format's room sees it. */
export function withoutFormat(packageFolder: string): void {
	const bare = async (_plan: unknown, columns: readonly unknown[]): Promise<Bare> => ({
		contentType: 'text/csv',
		columns,
		selection: () => undefined,
		async *parts(source) {
			yield { number: 1, body: source, rows: () => undefined, content: () => undefined };
		},
	});
	replaceExport(packageFolder, FORMATTER, 'openFormatter', bare);
}
