/** A line that begins or ends a block. */
const MARK = /-----\s{0,20}(BEGIN|END) PGP ([A-Z ]{1,40}?)\s{0,20}-----/g;

/** The same line, changed by what it passed through: other dashes, letters in lower case, spaces that don't break. */
const DAMAGED_MARK = /(?:BEGIN|END)\s{1,20}PGP\s{1,20}PUBLIC/i;

/** A key packet, public or private, starts so in base64 (RFC 9580, 4.2 and 5.5), and goes on for more than a word of a comment. */
const KEY_START = /(?=(?:[lm]|x[Q-v])[A-Za-z0-9+/]{20})/g;

/** Letters of a comment may look like the start; those of a key's own data need no try. */
const MOST_READINGS = 40;

/** More text than a comment has without a sign: data, such as a key that is damaged. */
const DATA = /[A-Za-z0-9+/\s]{100}/;

/** A piece of a line of data, which no text around keys has: not of letters alone, as a long word is, nor a fingerprint in hexadecimal. */
const DATA_LINE =
	/(?![0-9A-Fa-fXx]{40})(?=[A-Za-z+/]{0,39}[0-9])(?=[a-z0-9+/]{0,39}[A-Z])(?=[A-Z0-9+/]{0,39}[a-z])[A-Za-z0-9+/]{40}/;

/** The path of a link may look like data. */
const LINK_PATH = /(?::\/\/|\.[a-z]{2,10}\/)\S*/g;

/** The checksum behind the data; openpgp looks into the data itself. */
const CHECKSUM = /=[A-Za-z0-9+/]{4}$/;

/** Whether a private key is in a text, or a piece of one. */
export function holdsPrivateKey(text: string): boolean {
	return /BEGIN\s{1,20}PGP\s{1,20}(PRIVATE|SECRET)\s{1,20}KEY/i.test(text);
}

/** The armoured blocks of a text. */
export interface ArmoredText {
	/** Each as what it may hold, the likeliest first. */
	readonly blocks: readonly (readonly Buffer[])[];
	/** Whether a key lacks its first or its last line, or has a damaged one, so that it may be in no block. */
	readonly isCut: boolean;
}

/** Finds the armoured blocks. Line breaks may have become `\n`, or spaces, or nothing, as happens to text in fields of one line. */
export function armoredBlocks(text: string): ArmoredText {
	const lines = text.replace(/\\r|\\n/g, '\n');
	const found: string[] = [];
	const outside: string[] = [];
	let begun: string | undefined;
	let isCut = DAMAGED_MARK.test(lines.replace(MARK, '\n'));
	let end = 0;
	for (const { 0: mark, 1: word, 2: label = '', index } of lines.matchAll(MARK)) {
		const isEnd = word === 'END' && begun === label;
		(isEnd ? found : outside).push(lines.slice(end, index));
		if (!isEnd) isCut ||= word === 'END' || begun !== undefined;
		end = index + mark.length;
		begun = word === 'BEGIN' ? label : undefined;
	}
	outside.push(lines.slice(end));
	return { blocks: found.map(readings), isCut: isCut || begun !== undefined || outside.some(holdsData) };
}

/** Names, comments and links are around keys; data is only there when its first and its last line are lost or damaged. */
function holdsData(text: string): boolean {
	return DATA_LINE.test(text.replace(LINK_PATH, ' '));
}

/** Without line breaks nothing tells where a comment ends, so every place where a key may start is one reading, but none that passes over data. */
function readings(body: string): readonly Buffer[] {
	const starts: number[] = [];
	for (const { index } of body.matchAll(KEY_START)) {
		if (starts.length === MOST_READINGS || DATA.test(body.slice(starts[0] ?? index, index))) break;
		starts.push(index);
	}
	return starts.flatMap((start) => {
		const data = body
			.slice(start)
			.replace(/[^A-Za-z0-9+/=]+/g, '')
			.replace(CHECKSUM, '');
		// Behind its padding or checksum may be another key, whose first line is lost; Buffer reads no further.
		return /=[^=]/.test(data) ? [] : [Buffer.from(data, 'base64')];
	});
}
