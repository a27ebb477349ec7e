import type { Argon2Kind, Argon2Options } from './argon2';
import { damagedKey } from './privateKeyErrors';

/** A PPK file of version 2 or 3 taken apart. */
export interface PpkFile {
	readonly version: '2' | '3';
	readonly algorithm: string;
	readonly encryption: string;
	/** As written in the file. */
	readonly comment: string;
	readonly publicKey: Buffer;
	/** Version 3: how the passphrase becomes a key; undefined when nothing is encrypted. */
	readonly derivation: Omit<Argon2Options, 'length'> | undefined;
	/** Perhaps encrypted. */
	readonly privateKey: Buffer;
	readonly mac: string;
}

/** RSA with 16,384 bits takes 13,000. */
const MOST_CHARACTERS = 16_000;

/** What the MAC's hash gives, in hex digits. */
const MAC_DIGITS = { 2: 40, 3: 64 } as const;

/**
 * Takes a PPK file apart even when its line ends are lost (PuTTY manual, appendix C: PPK file format).
 * @throws WritebackError 'setting' when a part is missing or a block has another number of lines than announced.
 */
export function readPpkFile(text: string): PpkFile {
	if (text.length > MOST_CHARACTERS) throw damagedKey();
	const [version = '', rest] = cut(behind(text, 'PuTTY-User-Key-File-'), ':');
	const [algorithm, encrypted] = cut(rest, 'Encryption:');
	const [encryption, commented] = cut(encrypted, 'Comment:');
	const [opened, mac] = cutLast(commented, 'Private-MAC:');
	const [listed, privateLines] = cutLast(opened, 'Private-Lines:');
	const [comment, published] = cutLast(listed, 'Public-Lines:');
	const [publicLines, derivation] = published.includes('Key-D') ? cut(published, 'Key-Derivation:') : [published];
	if (version !== '2' && version !== '3') throw damagedKey();
	return {
		...{ version, algorithm: bare(algorithm), encryption: bare(encryption) },
		comment: withoutLineEnd(comment.startsWith(' ') ? comment.slice(1) : comment),
		...{ publicKey: readBlock(publicLines), privateKey: readBlock(privateLines) },
		derivation: derivation === undefined ? undefined : readDerivation(derivation),
		mac: readMac(bare(mac), MAC_DIGITS[version]),
	};
}

type Halves = readonly [before: string, behind: string];

function cut(text: string, label: string): Halves {
	return halves(text, label, text.indexOf(label));
}

/** What stands in a comment looks like a label, too. */
function cutLast(text: string, label: string): Halves {
	return halves(text, label, text.lastIndexOf(label));
}

function behind(text: string, label: string): string {
	return cut(text, label)[1];
}

function halves(text: string, label: string, at: number): Halves {
	if (at < 0) throw damagedKey();
	return [text.slice(0, at), text.slice(at + label.length)];
}

/** Without what may stand where a line ended: white space, its escapes, or nothing. */
function bare(text: string): string {
	return text.replace(/\\{1,8}[nrt]/gu, '\n').trim();
}

/** Without the one line end that parts a comment from what follows; spaces before it belong to the comment. */
function withoutLineEnd(text: string): string {
	const lineFeed = withoutEscape(text, 'n');
	if (lineFeed !== undefined) return withoutEscape(lineFeed, 'r') ?? lineFeed;
	if (text.endsWith('\r\n')) return text.slice(0, -2);
	return text.slice(0, text.length - (/\s/u.test(text.slice(-1)) ? 1 : 0));
}

/** Without `\n` or `\\n` at its end; undefined when there is none. */
function withoutEscape(text: string, letter: 'n' | 'r'): string | undefined {
	if (!text.endsWith(`\\${letter}`)) return undefined;
	let end = text.length - 1;
	while (text[end - 1] === '\\') end -= 1;
	return text.slice(0, end);
}

function readMac(text: string, digits: number): string {
	const mac = text.slice(0, digits);
	if (mac.length < digits || !/^[0-9a-f]*$/iu.test(mac)) throw damagedKey();
	return mac.toLowerCase();
}

const KINDS: Readonly<Record<string, Argon2Kind>> = { Argon2d: 'argon2d', Argon2i: 'argon2i', Argon2id: 'argon2id' };

function readDerivation(text: string): PpkFile['derivation'] {
	const [name, costs] = cut(text, 'Argon2-Memory:');
	const [memory, passed] = cut(costs, 'Argon2-Passes:');
	const [passes, paralleled] = cut(passed, 'Argon2-Parallelism:');
	const [parallelism, salt] = cut(paralleled, 'Argon2-Salt:').map(bare);
	const kind = KINDS[bare(name)];
	const numbers = [bare(memory), bare(passes), parallelism ?? ''];
	if (kind === undefined || !numbers.every((digits) => /^\d{1,12}$/u.test(digits))) throw damagedKey();
	if (salt === undefined || !/^[0-9a-f]+$/iu.test(salt)) throw damagedKey();
	const [memoryKib = 0, passCount = 0, lanes = 0] = numbers.map(Number);
	return { kind, salt: Buffer.from(salt, 'hex'), memory: memoryKib, passes: passCount, parallelism: lanes };
}

/** `14AbC…`: when nothing parts the number of lines from the base64, only one way to part them comes out right. */
function readBlock(block: string): Buffer {
	const text = block.replace(/\s|\\{1,8}[nrt]/gu, '');
	for (const digits of [1, 2, 3]) {
		const [lines, base64] = [text.slice(0, digits), text.slice(digits)];
		if (/^\d+$/u.test(lines) && isBase64(base64, Number(lines))) return Buffer.from(base64, 'base64');
	}
	throw damagedKey();
}

/** PuTTY fills each line with 64 characters. */
function isBase64(text: string, lines: number): boolean {
	return text.length % 4 === 0 && Math.ceil(text.length / 64) === lines && /^[A-Za-z0-9+/]+={0,2}$/u.test(text);
}
