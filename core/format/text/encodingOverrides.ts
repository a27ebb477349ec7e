/**
 * What iconv-lite's table of an encoding says otherwise than the readers of that encoding. A test compares every character with Python and
 * glibc (test/formats/encodings.test.ts); the reasons are in docs/decisions/format.md.
 */
export interface EncodingOverrides {
	/** Any of these characters, with a group around it. */
	readonly pattern: RegExp;
	/** Undefined for a character that is not written. */
	of(character: string): Buffer | undefined;
	/** Another character that is written as the same bytes. */
	twin(character: string): string | undefined;
}

interface Amendment {
	/** Characters and their bytes. */
	readonly written: Readonly<Record<string, string>>;
	/** Characters that readers would not find again. */
	readonly lacking?: string;
	/** Whether it has room for what users define. */
	readonly userDefined?: boolean;
}

/** No encoding but Unicode's has it; iconv-lite writes one of the bytes that mean nothing. */
const REPLACEMENT = '\ufffd';

/** JIS X 0208 has each of these once. Unicode has it twice: as JIS's tables say, and, which iconv-lite knows, as Microsoft's do. */
const JIS_TWINS: Readonly<Record<string, string>> = {
	'\u2016': '\u2225',
	'\u2212': '\uff0d',
	'\u301c': '\uff5e',
	'\u00a2': '\uffe0',
	'\u00a3': '\uffe1',
	'\u00ac': '\uffe2',
};

const MAC: Amendment = { written: { '\u20ac': 'db', '\u03a9': 'bd' }, lacking: '\u00a4\u2126' };

const SHIFT_JIS: Amendment = {
	written: bytesOf(JIS_TWINS, ['8161', '817c', '8160', '8191', '8192', '81ca']),
	lacking: '\u0080',
	userDefined: true,
};

/** By the names of iconv-lite. */
const AMENDMENTS: Readonly<Record<string, Amendment>> = {
	shiftjis: SHIFT_JIS,
	sjis: SHIFT_JIS,
	cp932: SHIFT_JIS,
	windows31j: SHIFT_JIS,
	eucjp: { written: bytesOf(JIS_TWINS, ['a1c2', 'a1dd', 'a1c1', 'a1f1', 'a1f2', 'a2cc']) },
	cp950: {
		written: {
			// Big5 has these twice; readers with Hong Kong's additions know the other one only.
			'\u5341': 'a451',
			'\u5345': 'a4ca',
		},
	},
	// What GBK had no characters for has some since, which the readers of today find in their place.
	gbk: {
		written: {},
		lacking: '\ue78d-\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864',
	},
	macroman: MAC,
	macintosh: MAC,
};

const TWINS: ReadonlyMap<string, string> = new Map(
	Object.entries(JIS_TWINS).flatMap(([one, other]) => [
		[one, other],
		[other, one],
	]),
);

/** `name` is iconv-lite's, of an encoding that is not Unicode's. */
export function encodingOverrides(name: string): EncodingOverrides {
	const { written, lacking = '', userDefined = false }: Amendment = AMENDMENTS[name] ?? { written: {} };
	const bytes = new Map(Object.entries(written).map(([character, hex]) => [character, Buffer.from(hex, 'hex')]));
	// GB 18030 has every character of Unicode.
	const never = name === 'gb18030' ? '' : REPLACEMENT;
	const all = [...bytes.keys()].join('') + lacking + never + (userDefined ? '\ue000-\ue757' : '');
	return {
		pattern: new RegExp(all === '' ? '($^)' : `([${all}])`, 'u'),
		of: (character) => bytes.get(character) ?? (userDefined ? userDefinedBytes(character) : undefined),
		twin: (character) => {
			const twin = TWINS.get(character);
			return bytes.has(character) || bytes.has(twin ?? '') ? twin : undefined;
		},
	};
}

/** Where Windows has what users define: 188 characters in each row from 0xF0 on. */
function userDefinedBytes(character: string): Buffer | undefined {
	const number = (character.codePointAt(0) ?? 0) - 0xe000;
	if (number < 0 || number >= 10 * 188) return undefined;
	const trail = 0x40 + (number % 188);
	return Buffer.from([0xf0 + Math.floor(number / 188), trail < 0x7f ? trail : trail + 1]);
}

function bytesOf(twins: Readonly<Record<string, string>>, bytes: readonly string[]): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.keys(twins).map((character, place) => [character, bytes[place] ?? '']));
}
