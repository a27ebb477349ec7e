import type { DetailedFault, DomoDouble, Place } from '../../sandbox/domo/domo';
import type { Source } from './dataSets';
import type { DrawnDomoFault } from './wrongs';

/** What is set to go wrong in Domo. */
export interface DomoFault {
	/** The DataSet, or `token`. */
	readonly id: string;
	readonly what: DetailedFault;
	readonly times: number;
	/** How many rows the export of `id` then has, beside what it should have. */
	readonly rows: readonly number[];
	/** Whether the receipt may say why the rows differ. */
	readonly explains: boolean;
}

/** The fault with its figures, fitted to what is exported. */
export function domoFault(drawn: DrawnDomoFault, sources: readonly Source[]): DomoFault | undefined {
	const source = sources[Math.min(sources.length - 1, Math.floor(drawn.item * sources.length))];
	if (source === undefined) return undefined;
	const { id, rows } = source.dataSet;
	const what = detailed(drawn, source);
	return {
		id: what.on === 'token' ? 'token' : id,
		what,
		times: drawn.times,
		rows: exportedRows(rows, what),
		explains: what.kind === 'pdp',
	};
}

function exportedRows(rows: number, what: DetailedFault): number[] {
	if (what.kind === 'pdp') return [rows - what.hiddenRows];
	return what.kind === 'refresh' ? Array.from({ length: MOST_EXPORTS }, (_, at) => rows + (at + 1) * what.addRows) : [];
}

/** How often it went wrong: as often as it was asked for what the fault concerns. */
export function timesMet({ requests }: DomoDouble, { id, what, times }: DomoFault): number {
	const asked = requests.filter(({ path }) => concerns(what, id, path)).length;
	return what.kind === 'rate' || what.kind === 'none' ? 0 : Math.min(times, asked);
}

function concerns(what: DetailedFault, id: string, path: string): boolean {
	if (id === 'token') return path === '/oauth/token';
	const exported = path === `/v1/datasets/${id}/data`;
	if (what.on === 'export' || IN_THE_BODY.has(what.kind)) return exported;
	return path === `/v1/datasets/${id}` || (what.on !== 'metadata' && exported);
}

const IN_THE_BODY: ReadonlySet<DetailedFault['kind']> = new Set(
	(['notAcceptable', 'slowStart', 'cut', 'stall', 'short', 'pdp', 'refresh', 'rate'] as const).values(),
);

/** An execution asks for one export in each try. */
const MOST_EXPORTS = 3;

/** What Domo's answers take at most when it is slow. */
const SLOWEST_MS = 3000;

function detailed(drawn: DrawnDomoFault, { dataSet, whole, beforeLast }: Source): DetailedFault {
	const { kind, on, at, how, figure } = drawn;
	const bytesPerSecond = Math.ceil(whole.bytes / ((0.1 + figure) * (SLOWEST_MS / 1000))) + 100;
	const paced = drawn.isPaced ? { bytesPerSecond } : {};
	// Compressed bodies are a quarter as long.
	const atByte = Math.floor((at * whole.bytes) / (dataSet.gzip === true ? 4 : 1));
	const some = Math.min(dataSet.rows, 1 + Math.floor(figure * 10));
	switch (kind) {
		case 'slowStart':
			return { kind, ms: Math.floor(figure * SLOWEST_MS) };
		case 'cut':
			// A clean end within the last record leaves no trace that anyone could find: Domo tells rows, not bytes.
			if (how === 'end')
				return whole.rows === 0 ? { kind: 'none' } : { kind, atByte: Math.floor(at * beforeLast), how, ...paced };
			return { kind, atByte, how, ...paced };
		case 'stall':
			return { kind, atByte, ...(figure < 0.7 && { ms: Math.floor(figure * SLOWEST_MS) }), ...paced };
		case 'short':
			return { kind, missingRows: some, ...paced };
		case 'pdp':
			return { kind, hiddenRows: some, ...paced };
		case 'refresh':
			return { kind, addRows: at < 0.5 ? -Math.min(some, Math.floor(dataSet.rows / MOST_EXPORTS)) : some, ...paced };
		case 'rate':
			return { kind, bytesPerSecond };
		case 'tooManyRequests':
			return { kind, ...(figure < 0.5 && { retryAfterSeconds: 1 }), ...place(on) };
		case 'notAcceptable':
			return { kind, on: 'export' };
		default:
			return { kind, ...place(on) };
	}
}

function place(on: DrawnDomoFault['on']): { readonly on?: Place } {
	return on === undefined ? {} : { on };
}
