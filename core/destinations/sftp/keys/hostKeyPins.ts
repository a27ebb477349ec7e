import { fingerprint, type HostKeyPin, type HostKeyType, isHostKeyType } from './hostKey';
import { digestsIn, kindOf, wordsOf } from './hostKeyText';
import { readSshStrings } from './sshStrings';
import { invalidParameter, type WritebackError } from '../../../support/errors';

const EXAMPLE = 'Enter one key per line: SHA256:…, a line of known_hosts, or a public key such as ssh-ed25519 AAAA….';
const GET_SHA256 =
	"Paste the SHA-256 fingerprint instead: SHA256: followed by 43 characters. WinSCP shows it next to this one (Session → Server/Protocol Information). The server's administrator can show it with ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub, and everyone else with ssh-keyscan HOST | ssh-keygen -lf -.";

/**
 * Reads the credential's Host Key Fingerprint: SHA-256 fingerprints in base64 or hex as OpenSSH, PuTTY, WinSCP and Azure's documentation show
 * them, lines of known_hosts whose host names are not looked at (sshd manual, SSH_KNOWN_HOSTS FILE FORMAT), and public keys; several in a line
 * when commas or spaces part them. Quotes, bullets and table lines around them, headings, comments (#) and empty lines are passed over, so that
 * the list may be empty.
 * @throws WritebackError 'setting' that names the line; also for MD5, SHA-1, DSA, revoked keys, certificate authorities.
 */
export function readHostKeys(text: string): HostKeyPin[] {
	const pins = text
		.split(/\r\n|[\r\n]/u)
		.map((line, index) => ({ line: line.trim(), number: index + 1 }))
		.filter(({ line }) => line !== '' && !line.startsWith('#') && !isHeading(line))
		.flatMap(({ line, number }) => readLine(line, (what, hint) => badLine(number, what, hint)));
	// A row of a table holds a key and its fingerprint.
	return pins.filter((pin, index) => pins.findIndex((other) => other.fingerprint === pin.fingerprint) === index);
}

type Refuse = (what: string, hint: string) => WritebackError;

function badLine(number: number, what: string, hint: string): WritebackError {
	return invalidParameter('Host Key Fingerprint', `line ${number} ${what}`, hint);
}

/** The rule of a table, its head, or a sentence that announces a fingerprint. */
function isHeading(line: string): boolean {
	if (line.includes('---') && /^[|+:=\s-]*$/u.test(line)) return true;
	return (
		/finger\s?print|host key/iu.test(line) &&
		!/[A-Za-z0-9+/]{12}|[\da-f]{2}:[\da-f]{2}/iu.test(line.replace(/fingerprint/giu, ''))
	);
}

function readLine(line: string, refuse: Refuse): HostKeyPin[] {
	const refused = REFUSED.find(([found]) => found.test(line));
	if (refused !== undefined) throw refuse(refused[1], refused[2]);
	const words = wordsOf(line);
	const keys = readKeys(words);
	// What follows a key is its comment, and may name another fingerprint.
	const pins = keys?.length === 0 ? readFingerprints(line, words) : keys;
	if (pins !== undefined && pins.length > 0) return pins;
	const weak = WEAK.find(([found]) => found.test(line));
	throw weak === undefined ? refuse('is not a fingerprint or a public key', EXAMPLE) : refuse(weak[1], weak[2]);
}

/** What looks usable and is not, by the whole line. */
const REFUSED: ReadonlyArray<readonly [found: RegExp, what: string, hint: string]> = [
	[/PRIVATE KEY/u, 'belongs to a private key', `Remove it: the server's public key is needed here. ${EXAMPLE}`],
	[/^@revoked\b/u, 'marks a key as revoked', 'Remove the line. Enter only keys to trust.'],
	[
		/^@cert-authority\b/u,
		'names a certificate authority',
		`Host certificates are not supported; pin the host key itself. ${EXAMPLE}`,
	],
	[/(?:^|\s)ssh-dss\s|\(DSA\)$/u, 'is a DSA key, which is not accepted', GET_SHA256],
];

/** Fingerprints that prove too little, in lines without a better one. */
const WEAK: ReadonlyArray<readonly [found: RegExp, what: string, hint: string]> = [
	[
		/\bMD5:|(?<![\da-f:-])(?:[\da-f]{2}[:-]){15}[\da-f]{2}(?![\da-f:-])|(?<![\da-z+/])[\da-f]{32}(?![\da-z+/=])/iu,
		'is an MD5 fingerprint, which is not accepted',
		GET_SHA256,
	],
	[
		/\bSHA-?1:|(?<![\da-f:-])(?:[\da-f]{2}[:-]){19}[\da-f]{2}(?![\da-f:-])|(?<![\da-z+/])[\da-f]{40}(?![\da-z+/=])/iu,
		'is a SHA-1 fingerprint, which is not accepted',
		GET_SHA256,
	],
];

/** Undefined where something that looks like a fingerprint is none: it was mistyped. */
function readFingerprints(line: string, words: readonly string[]): HostKeyPin[] | undefined {
	const { found, isMistyped } = digestsIn(words);
	if (isMistyped) return undefined;
	// Of several in a line, only commas tell which kind belongs to which.
	const parts =
		found.length > 1 ? line.split(/[,;]/u).map((part) => ({ part, digests: digestsIn(wordsOf(part)).found })) : [];
	return found.map((digest) => {
		const own = parts.find(({ digests }) => digests.length === 1 && digests[0] === digest)?.part;
		const about = found.length === 1 ? line : own;
		return {
			fingerprint: `SHA256:${digest}`,
			keyType: about === undefined ? undefined : kindOf(about, wordsOf(about)),
		};
	});
}

type Check = (field: Buffer) => boolean;

const hasBytes =
	(bytes: number): Check =>
	({ length }) =>
		length === bytes;
const is =
	(text: string): Check =>
	(field) =>
		field.toString() === text;

/** Bytes of the modulus of 1024 bits, which is the shortest that OpenSSH takes. */
const LEAST_RSA_BYTES = 128;

/** The fields behind a key's type (RFC 8709 section 4; RFC 5656 section 3.1, with points as OpenSSH writes them; RFC 4253 section 6.6). */
const FIELDS: Readonly<Record<HostKeyType, readonly Check[]>> = {
	'ssh-ed25519': [hasBytes(32)],
	'ecdsa-sha2-nistp256': [is('nistp256'), hasBytes(65)],
	'ecdsa-sha2-nistp384': [is('nistp384'), hasBytes(97)],
	'ecdsa-sha2-nistp521': [is('nistp521'), hasBytes(133)],
	'ssh-rsa': [({ length }) => length > 0, ({ length }) => length >= LEAST_RSA_BYTES],
};

/** A public key's base64 begins so: the length of its type's name. */
const KEY_START = /^AAAA[A-Za-z0-9+/]{8}/u;

/** Every public key among the words, `ssh-ed25519 AAAA…` or `AAAA…` alone; undefined when one of them is damaged. */
function readKeys(words: readonly string[]): HostKeyPin[] | undefined {
	const pins: HostKeyPin[] = [];
	for (const [index, word] of words.entries()) {
		if (!KEY_START.test(word)) continue;
		const pin = readKey(word);
		const named = words[index - 1];
		if (pin === undefined || (isHostKeyType(named) && named !== pin.keyType)) return undefined;
		pins.push(pin);
	}
	return pins;
}

function readKey(base64: string): HostKeyPin | undefined {
	if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64)) return undefined;
	const key = Buffer.from(base64, 'base64');
	const [name, ...fields] = readSshStrings(key) ?? [];
	const type = name?.toString();
	if (!isHostKeyType(type)) return undefined;
	const checks = FIELDS[type];
	if (fields.length !== checks.length || !checks.every((check, index) => check(fields[index] ?? key))) return undefined;
	return { fingerprint: fingerprint(key), keyType: type };
}
