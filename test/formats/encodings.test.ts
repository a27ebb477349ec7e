import { openEncoder, readEncoding } from '../../core/format/text/encoder';
import { byGlibc, byPython, type Compared, linesOf, type Table } from './readers/tables';
import { run } from './readers/run';

/** What readers of an encoding call it. */
interface Names {
	readonly python: readonly string[];
	readonly glibc: readonly string[];
	/** Readers that go by the WHATWG's tables know more. */
	readonly whatwg?: true;
	/** Written by both, though nobody could read them back: they are taken for a backslash and a tilde. */
	readonly refused?: string;
}

/** The encodings of the editor, and others that an expression may ask for. */
const LEGACY: Readonly<Record<string, Names>> = {
	'Windows-1250': { python: ['cp1250'], glibc: ['CP1250'] },
	'Windows-1251': { python: ['cp1251'], glibc: ['CP1251'] },
	'Windows-1252': { python: ['cp1252'], glibc: ['CP1252'] },
	'ISO-8859-1': { python: ['latin-1'], glibc: ['ISO-8859-1'] },
	'ISO-8859-15': { python: ['iso8859-15'], glibc: ['ISO-8859-15'] },
	Shift_JIS: { python: ['cp932', 'shift_jis'], glibc: ['CP932', 'SJIS'], refused: '¥‾' },
	'EUC-JP': { python: ['euc_jp'], glibc: ['EUC-JP'], whatwg: true, refused: '¥‾' },
	'EUC-KR': { python: ['cp949'], glibc: ['UHC'] },
	GBK: { python: ['gbk'], glibc: ['GBK'], whatwg: true },
	Big5: { python: ['cp950'], glibc: ['BIG5'] },
	'US-ASCII': { python: ['ascii'], glibc: ['US-ASCII'] },
	'ISO-8859-2': { python: ['iso8859-2'], glibc: ['ISO-8859-2'] },
	'ISO-8859-7': { python: ['iso8859-7'], glibc: ['ISO-8859-7'] },
	'ISO-8859-11': { python: ['iso8859-11'], glibc: ['ISO-8859-11'] },
	'KOI8-R': { python: ['koi8-r'], glibc: ['KOI8-R'] },
	'Windows-874': { python: ['cp874'], glibc: ['CP874'] },
	'Windows-1253': { python: ['cp1253'], glibc: ['CP1253'] },
	CP437: { python: ['cp437'], glibc: ['CP437'] },
	CP850: { python: ['cp850'], glibc: ['CP850'] },
};

/** But the line feed, which stands between them. */
function characters(first: number, last: number): string[] {
	return Array.from({ length: last - first + 1 }, (_, place) => first + place)
		.filter((point) => point !== 0x0a && (point < 0xd800 || point > 0xdfff))
		.map((point) => String.fromCodePoint(point));
}

/** No table of one byte a character can have more, and to ask for all takes long. */
const FEW = characters(0, 0x1_ffff);

/** Nor any of several bytes: behind these planes are no letters. */
const MANY = characters(0, 0x3_ffff);

const BEYOND = characters(0x4_0000, 0x10_ffff);

const SEVERAL_BYTES = ['Shift_JIS', 'EUC-JP', 'EUC-KR', 'GBK', 'Big5'];

const encoderOf = (name: string, onUnmappable: 'refuse' | 'replace' = 'refuse') =>
	openEncoder({ encoding: readEncoding(name), onUnmappable, includeBom: false });

/** Every character that is written, with its bytes, where others become question marks. */
function tableOf(name: string, asked: readonly string[]): Table {
	const lines = linesOf(encoderOf(name, 'replace').encode(`${asked.join('\n')}\n`) ?? Buffer.alloc(0));
	expect(lines.length).toBe(asked.length);
	const written = asked.map((character, line) => [character, lines[line]?.toString('hex') ?? ''] as const);
	const kept = written.filter(([character, hex]) => character === '?' || hex !== '3f');
	return new Map(kept.map(([character, hex]) => [character.codePointAt(0) ?? 0, hex]));
}

const shownAs = (points: Iterable<number>, table: Table) =>
	[...points].map((point) => `U+${point.toString(16).padStart(4, '0')} ${table.get(point) ?? ''}`);

describe.each(Object.entries(LEGACY))('%s', (name, { python, glibc, whatwg, refused = '' }) => {
	let table: Table;
	let pythons: readonly Compared[];
	let glibcs: readonly Compared[];
	beforeAll(async () => {
		const asked = SEVERAL_BYTES.includes(name) ? MANY : FEW;
		table = tableOf(name, asked);
		pythons = await Promise.all(python.map(async (codec) => await byPython(table, codec, asked)));
		glibcs = await Promise.all(glibc.map(async (codec) => await byGlibc(table, codec, asked)));
	}, 120_000);

	test('what is written comes back as the same character', () => {
		const isRead = (all: readonly Compared[], point: number) => all.some(({ strange }) => !strange.has(point));
		const decoder = new TextDecoder(whatwg ? name : 'utf-8');
		const lost = [...table].filter(([point, hex]) => {
			if (isRead(pythons, point) && isRead(glibcs, point)) return false;
			return !(whatwg && decoder.decode(Buffer.from(hex, 'hex')) === String.fromCodePoint(point));
		});
		expect(shownAs(new Map(lost).keys(), table)).toEqual([]);
	});

	test('what two independent encoders write alike is not refused', () => {
		const encodedBy = ({ encodes }: Compared) => [...encodes];
		const written = new Set(glibcs.flatMap(encodedBy).map(String));
		const alike = pythons.flatMap(encodedBy).filter((entry) => written.has(String(entry)));
		const missing = new Map(alike.filter(([point]) => !table.has(point)));
		const known = [...refused].map((character) => character.codePointAt(0) ?? 0);
		expect(shownAs(missing.keys(), missing)).toEqual(shownAs(known, missing));
	});

	test('what becomes a question mark where that is asked for is refused where it is not, all else stays', () => {
		const { encode } = encoderOf(name);
		const kept = encode([...table.keys()].map((point) => String.fromCodePoint(point)).join(''));
		expect(kept?.toString('hex')).toBe([...table.values()].join(''));
		const lacking = FEW.filter((character) => !table.has(character.codePointAt(0) ?? 0));
		const tried = [
			...lacking.filter((_, place) => place % 11 === 0),
			...BEYOND.filter((_, place) => place % 101 === 0),
		];
		expect(tried.filter((character) => encode(character) !== undefined)).toEqual([]);
	});
});

test.each([
	['UTF-8', 'UTF-8'],
	['UTF-16LE', 'UTF-16LE'],
	['UTF-16BE', 'UTF-16BE'],
])('%s is what glibc writes, for every character', async (name, codec) => {
	const text = [...MANY, ...BEYOND].join('\n');
	const theirs = await run('/usr/bin/iconv', ['-f', 'UTF-8', '-t', codec], text);
	expect(encoderOf(name).encode(text)?.equals(theirs)).toBe(true);
});
