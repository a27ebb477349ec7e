import { damagedKey, unsupportedEncryption } from './privateKeyErrors';
import { withoutEnd } from '../../../support/withoutEnd';

/** A private key as text between a BEGIN and an END line (RFC 7468; encrypted as OpenSSL did before PKCS#8, RFC 1421). */
export interface PemArmor {
	/** The word before PRIVATE KEY: `RSA`, `EC`, `DSA`, `ENCRYPTED`, `OPENSSH`, or nothing for plain PKCS#8. */
	readonly kind: string;
	/** Cipher and initialisation vector of OpenSSL's traditional encryption, or nothing. */
	readonly dekInfo: string;
	readonly base64: string;
}

/** Kinds have few words and short ones: more would make every place a long look. */
const BEGIN = /BEGIN ((?:[A-Z0-9]{1,20} ){0,4})PRIVATE KEY-/u;

/** White space, seen or not, and the escapes that JSON and shells put in its place. */
const SPACE = /[\s\u200b-\u200d\u2060]|\\{1,8}[nrt]/gu;

/** With the line ends gone, only the length of the vector tells where the key begins. */
const DEK_INFO = /^Proc-Type:4,ENCRYPTEDDEK-Info:(AES-\d{3}-CBC,[\dA-F]{32}|DES-EDE3-CBC,[\dA-F]{16})/iu;

/**
 * The private key that begins in `text`, whatever became of its line ends and of the text around it; `undefined` when none does.
 * @throws WritebackError 'setting' when it begins but is not all there, or is encrypted in a way that is no longer in use.
 */
export function readPemArmor(text: string): PemArmor | undefined {
	const begin = BEGIN.exec(text);
	if (begin === null) return undefined;
	const [line, kind = ''] = begin;
	const start = begin.index + line.length;
	const end = text.indexOf(`-END ${kind}PRIVATE KEY-`, start);
	// Without its end, nothing of it is read.
	const inside = end === -1 ? '' : withoutEnd(text.slice(start, end).replace(/^-+/u, ''), /-/u);
	const body = inside.replace(SPACE, '');
	const [header = '', dekInfo = ''] = DEK_INFO.exec(body) ?? [];
	if (header === '' && body.startsWith('Proc-Type:')) throw unsupportedEncryption();
	const base64 = body.slice(header.length);
	if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64) || base64.length % 4 !== 0) throw damagedKey();
	return { kind: kind.trim(), dekInfo, base64 };
}

/** The armour as the tools write it. */
export function writePemArmor({ kind, dekInfo, base64 }: PemArmor): string {
	const label = `${kind} PRIVATE KEY`.trim();
	const header = dekInfo === '' ? [] : ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${dekInfo}`, ''];
	const lines = base64.match(/.{1,64}/gu) ?? [];
	return [`-----BEGIN ${label}-----`, ...header, ...lines, `-----END ${label}-----`, ''].join('\n');
}
