import type { Argon2Kind, Argon2Options } from './argon2';
import { damagedKey } from './privateKeyErrors';

/** A PPK file of version 2 or 3 taken apart. */
export interface PpkText {
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

/** RSA with 16,384 bits takes 13,000; in more, the search for the parts would take long. */
const MOST_CHARACTERS = 16_000;

/** What may stand where a line ended: white space, its escapes, or nothing. */
const EOL = String.raw`(?:\s|\\+[nrt])*`;
const BASE64 = String.raw`((?:[A-Za-z0-9+/=]|\s|\\+[nrt])+?)`;
const DERIVATION = [
	String.raw`Key-Derivation: *Argon2(id|i|d)`,
	String.raw`Argon2-Memory: *(\d+)`,
	String.raw`Argon2-Passes: *(\d+)`,
	String.raw`Argon2-Parallelism: *(\d+)`,
	String.raw`Argon2-Salt: *([0-9a-fA-F]+)`,
].join(EOL);
const PPK = new RegExp(
	[
		String.raw`PuTTY-User-Key-File-(2|3): *(\S+?)`,
		String.raw`Encryption: *(\S+?)`,
		String.raw`Comment: ?(.*?)(?:\r?\n|\s|\\+r\\+n|\\+n)?Public-Lines: *`,
	].join(EOL) +
		`${BASE64}(?:(?=Key-D)${DERIVATION}${EOL})?Private-Lines:${BASE64}Private-MAC:${EOL}([0-9a-fA-F]{64}|[0-9a-fA-F]{40})`,
	'su',
);

/** What the MAC's hash gives, in hex digits. */
const MAC_DIGITS = { 2: 40, 3: 64 } as const;

/**
 * Takes a PPK file apart even when its line ends are lost (PuTTY manual, appendix C: PPK file format).
 * @throws WritebackError 'setting' when a part is missing or a block has another number of lines than announced.
 */
export function readPpkText(text: string): PpkText {
	if (text.length > MOST_CHARACTERS) throw damagedKey();
	const [, version, algorithm, encryption, comment, publicLines, ...rest] = PPK.exec(text) ?? [];
	const [kind, memory, passes, parallelism, salt, privateLines, mac] = rest;
	if (algorithm === undefined || encryption === undefined || comment === undefined) throw damagedKey();
	if (publicLines === undefined || privateLines === undefined || mac === undefined) throw damagedKey();
	if (version !== '2' && version !== '3') throw damagedKey();
	if (mac.length < MAC_DIGITS[version]) throw damagedKey();
	return {
		...{ version, algorithm, encryption, comment },
		...{ publicKey: readBlock(publicLines), privateKey: readBlock(privateLines) },
		derivation: readDerivation(kind, [memory, passes, parallelism], salt),
		mac: mac.slice(0, MAC_DIGITS[version]).toLowerCase(),
	};
}

const KINDS: Readonly<Record<string, Argon2Kind>> = { d: 'argon2d', i: 'argon2i', id: 'argon2id' };

function readDerivation(
	name: string | undefined,
	numbers: ReadonlyArray<string | undefined>,
	salt: string | undefined,
): PpkText['derivation'] {
	const kind = KINDS[name ?? ''];
	if (kind === undefined || salt === undefined) return undefined;
	const [memory = 0, passes = 0, parallelism = 0] = numbers.map(Number);
	return { kind, salt: Buffer.from(salt, 'hex'), memory, passes, parallelism };
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
