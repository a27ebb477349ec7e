import { badSetting, type WritebackError } from '../../errors';
import { fingerprint, type HostKeyPin, type HostKeyType, isHostKeyType } from './hostKey';
import { readFields } from './opensshKeyFields';

const EXAMPLE =
	'Give each key a line of its own: SHA256:…, a line of known_hosts, or a public key such as ssh-ed25519 AAAA….';
const GET_SHA256 =
	"Ask the server's administrator for the SHA256 fingerprint: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub, or ssh-keyscan HOST | ssh-keygen -lf -.";

/** The kinds as `ssh-keygen -l` ends its line with them; RSA has any number of bits. */
const KINDS: ReadonlyArray<readonly [found: RegExp, type: HostKeyType]> = [
	[/^256 .*\(ED25519\)$/u, 'ssh-ed25519'],
	[/^256 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp256'],
	[/^384 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp384'],
	[/^521 .*\(ECDSA\)$/u, 'ecdsa-sha2-nistp521'],
	[/^\d+ .*\(RSA\)$/u, 'ssh-rsa'],
];

/**
 * Reads the credential's Host Key Fingerprint. Each line is a fingerprint `SHA256:…` alone or as `ssh-keygen -l` prints it, a
 * line of known_hosts whose host names are not looked at (sshd manual, SSH_KNOWN_HOSTS FILE FORMAT), or a public key. Empty
 * lines and those that begin with # are passed over, so that the list may be empty.
 * @throws WritebackError 'setting' that names the line; also for MD5, DSA, revoked keys, certificate authorities.
 */
export function readHostKeys(text: string): HostKeyPin[] {
	return text
		.split(/\r\n|[\r\n]/u)
		.map((line, index) => ({ words: line.trim().split(/\s+/u), number: index + 1 }))
		.filter(({ words: [first = ''] }) => first !== '' && !first.startsWith('#'))
		.map(({ words, number }) => readLine(words, (what, hint) => badLine(number, what, hint)));
}

type Refuse = (what: string, hint: string) => WritebackError;

function badLine(number: number, what: string, hint: string): WritebackError {
	return badSetting('Host Key Fingerprint', `line ${number} ${what}`, hint);
}

function readLine(words: string[], refuse: Refuse): HostKeyPin {
	const refused = REFUSED.find(([found]) => found.test(words.join(' ')));
	if (refused !== undefined) throw refuse(refused[1], refused[2]);
	const pin = readKey(words) ?? readFingerprint(words);
	if (pin === undefined) throw refuse('is not a fingerprint or a public key', EXAMPLE);
	return pin;
}

/** What looks usable and is not, by the whole line. */
const REFUSED: ReadonlyArray<readonly [found: RegExp, what: string, hint: string]> = [
	[/PRIVATE KEY/u, 'belongs to a private key', `Take it out: the server's public key is needed here. ${EXAMPLE}`],
	[/^@revoked\b/u, 'marks a key as revoked', 'Take the line out; only keys to be trusted belong here.'],
	[
		/^@cert-authority\b/u,
		'names a certificate authority',
		`Host certificates are not supported; pin the host key itself. ${EXAMPLE}`,
	],
	[/\bMD5:|(?:^| )(?:[\da-f]{2}:){15}[\da-f]{2}\b/iu, 'is an MD5 fingerprint, which is not accepted', GET_SHA256],
	[/(?:^| )ssh-dss |\(DSA\)$/u, 'is a DSA key, which is not accepted', GET_SHA256],
	[/SHA256:.*SHA256:/u, 'holds more than one fingerprint', EXAMPLE],
];

/** `SHA256:…`, `256 SHA256:… any comment (ED25519)`, or as the errors show it, `SHA256:… (ssh-ed25519)`. */
function readFingerprint(words: string[]): HostKeyPin | undefined {
	const [, digest] =
		words.map((word) => /^SHA256:([A-Za-z0-9+/]{43})=?\.?$/u.exec(word)).find((found) => found !== null) ?? [];
	if (digest === undefined || !isCanonical(digest)) return undefined;
	return { fingerprint: `SHA256:${digest}`, keyType: readKind(words) };
}

function readKind(words: string[]): HostKeyType | undefined {
	const named = [words[0], words.at(-1)?.slice(1, -1)].find(isHostKeyType);
	return named ?? KINDS.find(([found]) => found.test(words.join(' ')))?.[1];
}

/** The last of 43 characters carries four bits of the 32 bytes; anything else in it was mistyped. */
function isCanonical(digest: string): boolean {
	return Buffer.from(digest, 'base64').toString('base64') === `${digest}=`;
}

/** How many fields a key has (RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4). */
const FIELDS: Readonly<Record<HostKeyType, number>> = {
	'ssh-ed25519': 2,
	'ecdsa-sha2-nistp256': 3,
	'ecdsa-sha2-nistp384': 3,
	'ecdsa-sha2-nistp521': 3,
	'ssh-rsa': 3,
};

/** `ssh-ed25519 AAAA… comment`, perhaps after the host names of known_hosts. */
function readKey(words: string[]): HostKeyPin | undefined {
	const [type, base64 = ''] = isHostKeyType(words[0]) ? words : words.slice(1);
	const key = Buffer.from(/^[A-Za-z0-9+/]+={0,2}$/u.test(base64) ? base64 : '', 'base64');
	const fields = readFields(key) ?? [];
	if (!isHostKeyType(type) || fields[0]?.toString() !== type || fields.length !== FIELDS[type]) return undefined;
	return { fingerprint: fingerprint(key), keyType: type };
}
