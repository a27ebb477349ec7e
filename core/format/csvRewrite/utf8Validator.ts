import { isUtf8 } from 'node:buffer';

/** Looks whether bytes that arrive in pieces, cut anywhere, are UTF-8 (RFC 3629). */
export class Utf8Validator {
	/** A character whose last bytes are not here yet. */
	private begun: Buffer = Buffer.alloc(0);

	/** Whether this piece may go on what came before. */
	accepts(piece: Buffer): boolean {
		const bytes = this.begun.length === 0 ? piece : Buffer.concat([this.begun, piece]);
		const end = bytes.length - cutOff(bytes);
		// A copy: the piece may be gone when the next one comes.
		this.begun = Buffer.from(bytes.subarray(end));
		return isUtf8(bytes.subarray(0, end));
	}

	/** Whether what came ends with a whole character. */
	get isWhole(): boolean {
		return this.begun.length === 0;
	}
}

/** How many bytes at the end begin a character without ending it. */
function cutOff(bytes: Buffer): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		const isLead = byte >= 0xc0;
		if (isLead && back < lengthOf(byte)) return back;
		if (isLead || byte < 0x80) return 0;
	}
	return 0;
}

function lengthOf(lead: number): number {
	if (lead >= 0xf0) return 4;
	return lead >= 0xe0 ? 3 : 2;
}
