const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Counts the carriage returns of a CSV that stand outside quotes and in front of no line feed, in pieces cut anywhere. Domo's rows do not end
 * there, but many readers' rows do.
 */
export class BareReturns {
	private found = 0;
	/** The last byte was one, unless a line feed follows. */
	private isOpen = false;

	get count(): number {
		return this.found + (this.isOpen ? 1 : 0);
	}

	/** `insideQuotes`: whether the piece begins inside quotes. */
	add(piece: Buffer, insideQuotes: boolean): void {
		if (piece.length === 0) return;
		if (this.isOpen && piece[0] !== LF) this.found += 1;
		this.isOpen = false;
		let offset = piece.indexOf(CR);
		if (offset === -1) return;
		let isInside = insideQuotes;
		let quote = piece.indexOf(QUOTE);
		for (; offset !== -1; offset = piece.indexOf(CR, offset + 1)) {
			if (piece[offset + 1] === LF) continue;
			for (; quote !== -1 && quote < offset; quote = piece.indexOf(QUOTE, quote + 1)) isInside = !isInside;
			if (isInside) continue;
			if (offset + 1 === piece.length) this.isOpen = true;
			else this.found += 1;
		}
	}
}
