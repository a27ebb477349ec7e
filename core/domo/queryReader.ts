import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { field } from '../support/field';
import { unexpectedJson } from './htmlPage';

/** A number as it is written, so that no digit is lost. */
export interface NumberText {
	readonly digits: string;
}

export type QueryCell = string | boolean | NumberText | null;

/** What Domo's answer to a query holds; each part is as it came, in whatever order. */
export interface QueryAnswer {
	readonly columns: readonly string[];
	/** What Domo calls the type of each column; empty where it says nothing. */
	readonly types: readonly string[];
	readonly rows: ReadonlyArray<readonly QueryCell[]>;
	/** How many rows Domo says there are; undefined when it says nothing. */
	readonly numRows?: number;
}

/** The document, a list and a row or a column's metadata, with room for what Domo may add. */
const MOST_DEPTH = 8;

/** Lists and objects that are open or held before a row ends; far more than the metadata of 10,000 columns. */
const MOST_CONTAINERS = 30_000;

const PATHS = ['$.rows.*', '$.columns', '$.metadata', '$.numRows'];

/** Reads the one JSON document that answers a query as it arrives. */
export class QueryReader {
	private readonly tokenizer = new PlacingTokenizer();
	private readonly parser = new TokenParser({ paths: PATHS, keepStack: false });
	private readonly parts = new Map<unknown, unknown>();
	private readonly rows: Array<readonly QueryCell[]> = [];
	private depth = 0;
	private containers = 0;

	/** `onRow` learns how many rows there are, and how many cells the last one has; it may throw. */
	constructor(onRow: (rows: number, cells: number) => void) {
		this.tokenizer.onToken = (token) => {
			this.bound(token.token);
			this.parser.write(token);
		};
		this.parser.onValue = ({ value, key, stack }) => {
			// Rows are a level deeper than the rest. Numbers are looked up at once: the next row forgets them.
			if (stack.length < 2) return void this.parts.set(key, this.textOf(value) ?? value);
			const row = this.rowOf(value);
			this.rows.push(row);
			this.tokenizer.forget();
			this.containers = 0;
			onRow(this.rows.length, row.length);
		};
	}

	/** Takes the next piece, cut anywhere. Throws for what is no such document. */
	write(piece: Uint8Array): void {
		this.tokenizer.write(piece);
	}

	/** Throws `domoNotData` when the document is not whole, or its rows don't fit its columns. */
	end(): QueryAnswer {
		const columns = listOf(this.parts.get('columns'));
		if (!this.parser.isEnded || columns === undefined || !columns.every((name) => typeof name === 'string')) {
			throw unexpectedJson();
		}
		if (this.rows.some((row) => row.length !== columns.length)) throw unexpectedJson();
		const metadata = listOf(this.parts.get('metadata')) ?? [];
		const numRows = this.parts.get('numRows');
		return {
			columns,
			types: columns.map((_, index) => String(field(metadata[index], 'type') ?? '')),
			rows: this.rows,
			...(typeof numRows === 'string' && { numRows: Number(numRows) }),
		};
	}

	private bound(token: TokenType): void {
		if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.depth -= 1;
		if (token !== TokenType.LEFT_BRACE && token !== TokenType.LEFT_BRACKET) return;
		this.depth += 1;
		this.containers += 1;
		if (this.depth > MOST_DEPTH || this.containers > MOST_CONTAINERS) throw unexpectedJson();
	}

	private rowOf(value: unknown): readonly QueryCell[] {
		if (!Array.isArray(value)) throw unexpectedJson();
		return value.map((cell: unknown) => {
			if (cell === null || typeof cell === 'string' || typeof cell === 'boolean') return cell;
			const digits = this.textOf(cell);
			if (digits === undefined) throw unexpectedJson();
			return { digits };
		});
	}

	private textOf(place: unknown): string | undefined {
		return typeof place === 'number' ? this.tokenizer.textAt(place) : undefined;
	}
}

/** Hands on the place of a number among those it keeps as text, in place of the number. */
class PlacingTokenizer extends Tokenizer {
	private texts: string[] = [];

	protected override parseNumber(text: string): number {
		return this.texts.push(text) - 1;
	}

	textAt(place: number): string | undefined {
		return this.texts[place];
	}

	forget(): void {
		this.texts = [];
	}
}

function listOf(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) ? value : undefined;
}
