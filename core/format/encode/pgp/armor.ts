/** A line that begins or ends a block. */
const MARK = /-----\s{0,20}(BEGIN|END) PGP ([A-Z ]{1,40}?)\s{0,20}-----/g;

/** A key packet, public or private, starts so in base64 (RFC 9580, 4.2 and 5.5), and goes on for more than a word of a comment. */
const KEY_START = /(?=(?:[lm]|x[Q-v])[A-Za-z0-9+/]{20})/g;

/** Letters of a comment may look like the start; those of a key's own data need no try. */
const MOST_READINGS = 40;

/** More text than a comment has without a sign: data, such as a key that is damaged. */
const DATA = /[A-Za-z0-9+/\s]{100}/;

/** The checksum behind the data; openpgp looks into the data itself. */
const CHECKSUM = /=[A-Za-z0-9+/]{4}$/;

/** Whether a private key is in a text, or a piece of one. */
export function holdsPrivateKey(text: string): boolean {
	return /BEGIN PGP (PRIVATE|SECRET) KEY/.test(text);
}

/** The armoured blocks of a text. */
export interface ArmoredText {
	/** Each as what it may hold, the likeliest first. */
	readonly blocks: readonly (readonly Buffer[])[];
	/** Whether there is a first line without a last one, or a last line without a first one. */
	readonly isCut: boolean;
}

/** Finds the armoured blocks. Line breaks may have become `\n`, or spaces, or nothing, as happens to text in fields of one line. */
export function armoredBlocks(text: string): ArmoredText {
	const lines = text.replace(/\\r|\\n/g, '\n');
	const found: string[] = [];
	let begun: { readonly label: string; readonly at: number } | undefined;
	let isCut = false;
	for (const { 0: mark, 1: word, 2: label = '', index } of lines.matchAll(MARK)) {
		const isEnd = word === 'END' && begun?.label === label;
		if (isEnd) found.push(lines.slice(begun?.at, index));
		else isCut ||= word === 'END' || begun !== undefined;
		begun = word === 'BEGIN' ? { label, at: index + mark.length } : undefined;
	}
	return { blocks: found.map(readings), isCut: isCut || begun !== undefined };
}

/** Without line breaks nothing tells where a comment ends, so every place where a key may start is one reading, but none that passes over data. */
function readings(body: string): readonly Buffer[] {
	const starts: number[] = [];
	for (const { index } of body.matchAll(KEY_START)) {
		if (starts.length === MOST_READINGS || DATA.test(body.slice(starts[0] ?? index, index))) break;
		starts.push(index);
	}
	return starts.map((start) => {
		const data = body.slice(start).replace(/\s+/g, '').replace(CHECKSUM, '');
		return Buffer.from(data, 'base64');
	});
}
