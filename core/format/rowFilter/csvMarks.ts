import { findMarks, PIECE_BYTES, places } from '../csv/csvBytes';

/** The places of commas, line feeds and quotes among bytes, one after the other. Only one of these is read at a time: all have one memory. */
export class CsvMarks {
	private readonly places = places;
	private bytes: Buffer = Buffer.alloc(0);
	/** Where the piece begins that was looked through last, and the one behind it. */
	private pieceStart = 0;
	private pieceEnd = 0;
	/** In that piece. */
	private count = 0;
	private taken = 0;

	open(bytes: Buffer): void {
		this.bytes = bytes;
		this.pieceEnd = 0;
		this.count = 0;
		this.taken = 0;
	}

	/** The next place; -1 when there is none. */
	next(): number {
		while (this.taken === this.count) if (!this.look()) return -1;
		return this.pieceStart + (this.places[this.taken++] ?? 0);
	}

	/** Passes over what stands before `place`. */
	skipTo(place: number): void {
		while (this.taken < this.count || this.look()) {
			if (this.pieceEnd <= place) this.taken = this.count;
			else if (this.pieceStart + (this.places[this.taken] ?? 0) < place) this.taken += 1;
			else return;
		}
	}

	/** Looks through the next piece; false when there is none. */
	private look(): boolean {
		if (this.pieceEnd >= this.bytes.length) return false;
		this.pieceStart = this.pieceEnd;
		this.pieceEnd = Math.min(this.bytes.length, this.pieceStart + PIECE_BYTES);
		this.count = findMarks(this.bytes.subarray(this.pieceStart, this.pieceEnd));
		this.taken = 0;
		return true;
	}
}
