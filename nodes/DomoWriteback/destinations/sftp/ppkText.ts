import { damagedKey } from './privateKeyErrors';

/** A PPK version 2 file taken apart. */
export interface PpkText {
	readonly algorithm: string;
	readonly encryption: string;
	/** As written in the file. */
	readonly comment: string;
	readonly publicKey: Buffer;
	/** Perhaps encrypted. */
	readonly privateKey: Buffer;
	readonly mac: string;
}

/** What may stand where a line ended: white space, its escapes, or nothing. */
const EOL = String.raw`(?:\s|\\+[nrt])*`;
const BASE64 = String.raw`((?:[A-Za-z0-9+/=]|\s|\\+[nrt])+?)`;
const PPK = new RegExp(
	[
		String.raw`PuTTY-User-Key-File-2: *(\S+?)`,
		String.raw`Encryption: *(\S+?)`,
		String.raw`Comment: ?(.*?)(?:\r?\n|\s|\\+r\\+n|\\+n)?Public-Lines: *`,
	].join(EOL) + `${BASE64}Private-Lines:${BASE64}Private-MAC:${EOL}([0-9a-fA-F]{40})`,
	'su',
);

/**
 * Takes a PPK file apart even when its line ends are lost (PuTTY manual, appendix C: PPK file format).
 * @throws WritebackError 'setting' when a part is missing or a block has another number of lines than announced.
 */
export function readPpkText(text: string): PpkText {
	const [, algorithm, encryption, comment, publicLines, privateLines, mac] = PPK.exec(text) ?? [];
	if (algorithm === undefined || encryption === undefined || comment === undefined) throw damagedKey();
	if (publicLines === undefined || privateLines === undefined || mac === undefined) throw damagedKey();
	const [publicKey, privateKey] = [readBlock(publicLines), readBlock(privateLines)];
	return { algorithm, encryption, comment, publicKey, privateKey, mac: mac.toLowerCase() };
}

/** `14AbC…`: when nothing parts the number of lines from the base64, only one way to part them comes out right. */
function readBlock(block: string): Buffer {
	const text = block.replace(/\s|\\+[nrt]/gu, '');
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
