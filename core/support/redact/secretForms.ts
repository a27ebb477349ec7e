import { visible } from './textView';

/** One way in which a secret may stand in a text. */
export interface SecretForm {
	/** In lower case, unless its case counts. */
	readonly text: string;
	/** The same without spaces. */
	readonly squeezed: string;
	/** Whether a change of upper and lower case leaves something that betrays nothing. */
	readonly exactCase: boolean;
	/** Too short to be looked for inside of words. */
	readonly alone: boolean;
	/** Whether no sentence of ours can hold it by chance. */
	readonly distinctive: boolean;
}

/** Shorter ones occur in every text, so they count only where they stand alone. */
const INSIDE_CHARACTERS = 4;

/** What is encoded is no word; shorter pieces of it could be anything. */
const ENCODED_CHARACTERS = 5;

/** Encoded ones of at least so many characters are not found in our own sentences. */
const DISTINCTIVE_CHARACTERS = 8;

/** Longer secrets, such as private keys, are known by any piece of theirs (secretPieces.ts), and no server ever gets one to encode it. */
const MOST_ENCODED_CHARACTERS = 4096;

/** Every form of a secret that this module knows; what is undone in a text (textView.ts) needs no form of its own. Empty for an empty secret. */
export function formsOf(secret: string): readonly SecretForm[] {
	const forms = spellingsOf(secret).flatMap((spelling) => [plain(spelling), ...encoded(spelling)]);
	return [...new Map(forms.map((form) => [form.text, form])).values()].filter(({ text }) => text !== '');
}

/** The secret as it was typed, as it is sent, and as a wrong character set shows it. White space counts as one space everywhere. */
function spellingsOf(secret: string): readonly string[] {
	const bare = visible(secret).trim();
	const decoded = percentDecoded(bare);
	const spellings = [bare, decoded, decoded.replaceAll('+', ' ')].flatMap((text) => [
		text,
		text.normalize('NFC'),
		text.normalize('NFD'),
		Buffer.from(text, 'utf8').toString('latin1'),
		Buffer.from(text, 'latin1').toString('utf8'),
		text.replace(/[^\0-\x7f]/gu, '?'),
		// Where that is longer: ß becomes SS.
		text.toUpperCase().toLowerCase(),
	]);
	return [...new Set([visible(secret), ...spellings.map((text) => visible(text).trim())])];
}

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function plain(text: string): SecretForm {
	const alone = text.length < INSIDE_CHARACTERS;
	const distinctive = text.length >= DISTINCTIVE_CHARACTERS && isRandom(text);
	return { ...cased(text, false), alone, distinctive };
}

/** Letters and digits mixed, at some length, are no word of ours: names of algorithms and settings are shorter. */
export function isRandom(text: string): boolean {
	const runs = text.split(/[^\p{L}\p{N}]+/u).filter((run) => run.length >= 12);
	return runs.some((run) => /\p{N}/u.test(run) && /\p{L}/u.test(run));
}

function encoded(text: string): readonly SecretForm[] {
	if (text.length < INSIDE_CHARACTERS || text.length > MOST_ENCODED_CHARACTERS) return [];
	const bytes = Buffer.from(text, 'utf8');
	const base64 = [0, 1, 2].flatMap((offset) => {
		const piece = base64Inside(bytes, offset);
		return [piece, piece.replaceAll('+', '-').replaceAll('/', '_')];
	});
	return [
		...base64.filter((piece) => piece.length >= ENCODED_CHARACTERS).map((piece) => form(piece, piece.length < 12)),
		form(bytes.toString('hex'), false),
	];
}

function form(text: string, exactCase: boolean): SecretForm {
	return { ...cased(text, exactCase), alone: false, distinctive: text.length >= DISTINCTIVE_CHARACTERS };
}

function cased(text: string, exactCase: boolean): Pick<SecretForm, 'text' | 'squeezed' | 'exactCase'> {
	const spelling = exactCase ? text : lowerCase(text);
	return { text: spelling, squeezed: spelling.replaceAll(' ', ''), exactCase };
}

/** Of the same length, so that positions stay. */
export function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return text.replace(/[^\0-\x7f]/g, (unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit));
}

/** What base64 makes of these bytes when so many others (modulo 3) stand before them, without the characters that depend on their neighbours. */
function base64Inside(bytes: Buffer, offset: number): string {
	const all = Buffer.concat([Buffer.alloc(offset), bytes]);
	const whole = Math.floor((all.length * 8) / 6);
	return all.toString('base64').slice(Math.ceil((offset * 8) / 6), whole);
}
