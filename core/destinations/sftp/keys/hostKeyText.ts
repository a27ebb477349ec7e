import { type HostKeyType, isHostKeyType } from './hostKey';
import { withoutEnd } from '../../../support/withoutEnd';

const BEFORE = /^(?:-hostkey=)?[`"'“”‘’«»<([{*•·]*/u;
const BEHIND = /[`"'“”‘’«»>)\]}*.:]/u;

/** Words of a line, without the quotes, bullets, brackets and table lines that documents put around them. */
export function wordsOf(line: string): string[] {
	return line
		.split(/[\s,;|]+/u)
		.map((word) => withoutEnd(word.replace(BEFORE, ''), BEHIND))
		.filter((word) => word !== '');
}

export interface Digests {
	/** SHA-256 fingerprints in base64 without `=`. */
	readonly found: readonly string[];
	/** Whether something was to be a fingerprint and is none. */
	readonly isMistyped: boolean;
}

/** `SHA256:`, as people write it. */
const PREFIX = /^SHA-?256(?:[:=]|$)/iu;

/** The SHA-256 fingerprints among words: base64 (43 characters, perhaps with `=`) or 64 hex digits. */
export function digestsIn(words: readonly string[]): Digests {
	const found: string[] = [];
	let isMistyped = false;
	words.forEach((word, index) => {
		const body = word.replace(PREFIX, '');
		const named = body !== word || /^SHA-?256$/iu.test(words[index - 1] ?? '');
		const digest = ofHex(body) ?? ofBase64(body);
		// Without a name or its `=`, anything of that length would count.
		const counts = named || body.endsWith('=') || words.length === 1 || /^[\da-f:-]+$/iu.test(body);
		if (digest !== undefined && counts) found.push(digest);
		else if (body !== word && body !== '') isMistyped = true;
	});
	return { found, isMistyped };
}

function ofHex(text: string): string | undefined {
	if (!/^(?:[\da-f]{64}|(?:[\da-f]{2}[:-]){31}[\da-f]{2})$/iu.test(text)) return undefined;
	return Buffer.from(text.replace(/[:-]/gu, ''), 'hex').toString('base64').replace('=', '');
}

function ofBase64(text: string): string | undefined {
	const [, digest] = /^([A-Za-z0-9+/]{43})=?$/u.exec(text) ?? [];
	return digest !== undefined && isCanonical(digest) ? digest : undefined;
}

/** The last of 43 characters carries four bits of the 32 bytes; anything else in it was mistyped. */
function isCanonical(digest: string): boolean {
	return Buffer.from(digest, 'base64').toString('base64') === `${digest}=`;
}

/** The kinds as `ssh-keygen -l` ends its line with them; RSA has any number of bits. */
const KINDS: ReadonlyArray<readonly [found: RegExp, type: HostKeyType]> = [
	[/^256 .*\(ED25519\)$/u, 'ssh-ed25519'],
	[/^256 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp256'],
	[/^384 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp384'],
	[/^521 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp521'],
	[/^\d+ .*\(RSA\)$/u, 'ssh-rsa'],
];

/** Of which kind the one key is that a line is about; undefined when the line does not say. */
export function kindOf(line: string, words: readonly string[]): HostKeyType | undefined {
	const listed = KINDS.find(([found]) => found.test(line.trim()))?.[1];
	const names = words.map((word) => (/^rsa-sha2-(?:256|512)$/u.test(word) ? 'ssh-rsa' : word));
	return listed ?? names.find(isHostKeyType);
}
