import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { fingerprint as fingerprintOf, keyType } from '../../../../../core/destinations/sftp/keys/hostKey';
import { readHostKeys } from '../../../../../core/destinations/sftp/keys/hostKeyPins';
import { readHostname } from '../../../../../core/destinations/sftp/connection/hostname';
import { WritebackError } from '../../../../../core/support/errors';
import { RUNS } from '../../../runs';
import { FINGERPRINTS, KEYS, lines } from './keyFiles/hosts';
import { QUICK } from './keyFiles/keys';
import { readsAs } from './keyFiles/reading';

/** Pieces of what the readers know, beside what they do not. */
const PIECES = [
	...['sftp://', 'sftp.example.com', '.example', '192.0.2.7', '2001:db8::7', '[::1]', '%eth0', ':22', '@', '/', '\\'],
	...['SHA256:', 'MD5:', 'ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', '@revoked', '|1|', '(ED25519)', '256', '#'],
	...FINGERPRINTS,
	...KEYS.map((key) => key.toString('base64')),
	...[
		'-----BEGIN ',
		'OPENSSH ',
		'RSA ',
		'EC ',
		'ENCRYPTED ',
		'PRIVATE KEY-----',
		'-----END ',
		'Proc-Type: 4,ENCRYPTED',
	],
	...['PuTTY-User-Key-File-2: ', 'Encryption: ', 'Comment: ', 'Public-Lines: 3', 'Private-Lines: 1', 'Private-MAC: '],
	...[
		' ',
		'\t',
		'\n',
		'\r\n',
		'\\n',
		'\u0000',
		'\u200b',
		'\u202e',
		'\ufeff',
		'\ud83d',
		'é',
		'漢',
		'"',
		"'",
		'=',
		'AAAA',
	],
];

const hostile = fc.oneof(
	fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
	fc.string({ unit: 'binary', maxLength: 200 }),
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
);

/** What `read` makes of a text; undefined when it is refused as a setting, in the name of a field. */
function accepted<T>(read: () => T, label: RegExp): T | undefined {
	try {
		return read();
	} catch (fault) {
		if (!(fault instanceof WritebackError)) throw fault;
		expect([fault.reason, fault.retryable, label.test(fault.message)]).toEqual(['setting', false, true]);
		return undefined;
	}
}

/** The same for what takes a while to be read. */
async function acceptedKey<T>(read: () => Promise<T>, label: RegExp): Promise<T | undefined> {
	const settled = await read().then(
		(value) => () => value,
		(fault: unknown) => () => {
			throw fault;
		},
	);
	return accepted<T>(settled, label);
}

/** Replaces, drops, doubles or inserts so many characters somewhere. */
const damage = fc.array(
	fc.record({
		at: fc.nat(),
		drop: fc.nat({ max: 3 }),
		put: fc.constantFrom('', 'A', '/', '=', '9', ' ', '\n', 'é', 'AAAA'),
	}),
	{ minLength: 1, maxLength: 3 },
);

function damaged(text: string, places: ReadonlyArray<{ at: number; drop: number; put: string }>): string {
	return places.reduce((result, { at, drop, put }) => {
		const from = result.length === 0 ? 0 : at % result.length;
		return result.slice(0, from) + put + result.slice(from + drop);
	}, text);
}

test('whatever is typed as Hostname is refused as a setting, or is a plain name or address', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			const host = accepted(() => readHostname(text), /^Hostname: /);
			if (host === undefined || isIP(host) !== 0) return;
			expect(host).toMatch(/^[a-z0-9_][a-z0-9_.-]{0,252}$/i);
			expect(host).not.toContain('..');
		}),
		RUNS,
	);
});

test('a host that was read is read as the same again, in whatever it is wrapped', () => {
	const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
	const host = fc.oneof(
		fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.example`),
		fc.ipV4().filter((address) => address !== '0.0.0.0'),
		fc.constantFrom('2001:db8::7', 'fe80::1', '::1'),
	);
	const wrap = fc.constantFrom<(host: string) => string>(
		(name) => name,
		(name) => ` \t${name}\n`,
		(name) => `sftp://${name}`,
		(name) => `SFTP://${name}//`,
		(name) => (name.includes(':') ? `[${name}]` : `${name}/`),
	);
	fc.assert(
		fc.property(host, wrap, (name, wrapped) => readHostname(wrapped(name)) === name),
		RUNS,
	);
});

/** Every fingerprint in a text, and that of everything in it that may be a key. */
function heldBy(text: string): string[] {
	const keys = (text.match(/[A-Za-z0-9+/=]{40,}/g) ?? []).map((word) => Buffer.from(word, 'base64'));
	const digests = text.match(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/g) ?? [];
	return [...digests.map((digest) => `SHA256:${digest}`), ...keys.map(fingerprintOf)];
}

test('whatever is typed as Host Key Fingerprint is refused as a setting, or pins only what the text holds', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			const pins = accepted(() => readHostKeys(text), /^Host Key Fingerprint: line \d+ /) ?? [];
			for (const { fingerprint } of pins) expect(heldBy(text)).toContain(fingerprint);
		}),
		RUNS,
	);
});

test('no damage to the lines of known keys pins anything that they do not hold', () => {
	const line = fc.constantFrom(
		...['public', 'known_hosts', 'known_hosts.hashed'].flatMap((file) => lines(`hosts/${file}`)),
	);
	fc.assert(
		fc.property(line, damage, (text, places) => {
			const typed = damaged(text, places);
			const pins = accepted(() => readHostKeys(typed), /^Host Key Fingerprint: line \d+ /) ?? [];
			for (const { fingerprint } of pins) expect(heldBy(typed)).toContain(fingerprint);
		}),
		RUNS,
	);
});

test('whatever bytes a server offers as its host key, their kind is a word', () => {
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...KEYS)), (bytes) => {
			expect(keyType(Buffer.from(bytes))).not.toBe('');
		}),
		RUNS,
	);
});

test('whatever is typed as Private Key is refused as a setting that repeats nothing of it', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			expect(await acceptedKey(async () => await outcome(text), /^Private Key: /)).toBeUndefined();
		}),
		RUNS,
	);
});

/** Cheap ones; a bare Ed25519 seed in PKCS#8 carries nothing to check it by. */
const checked = QUICK.filter(({ name, encrypted }) => !encrypted && !/^(edwards|rsa)/.test(name));

test('no damage to a private key makes another key of it, nor a fault without a name', async () => {
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...checked), damage, async ({ text, fingerprint }, places) => {
			const read = await acceptedKey(async () => await outcome(damaged(text, places)), /^(Private Key|Passphrase): /);
			expect([undefined, fingerprint]).toContain(read);
		}),
		RUNS,
	);
});

test('no damage to the bytes of an OpenSSH key makes another key of it, nor a fault without a name', async () => {
	const openssh = checked.filter(({ name }) => /^(ed25519|nistp256)\.openssh$/.test(name));
	const bytes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...openssh), bytes, async ({ text, fingerprint }, changes) => {
			const file = Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
			for (const [at, value] of changes) file[at % file.length] = value;
			const read = await acceptedKey(
				async () => await outcome(text.replace(/(KEY-----\n)[^-]+/, `$1${file.toString('base64')}\n`)),
				/^(Private Key|Passphrase): /,
			);
			expect([undefined, fingerprint]).toContain(read);
		}),
		RUNS,
	);
});

/** The key's fingerprint. Checks that a refusal repeats no piece of the text; its stack is looked at elsewhere, as that takes long. */
async function outcome(text: string): Promise<string> {
	try {
		return await readsAs(text, undefined);
	} catch (fault) {
		if (fault instanceof WritebackError) expect(repeats(fault.message + fault.hint, text)).toBe(false);
		throw fault;
	}
}

function repeats(told: string, text: string): boolean {
	const pieces = text.match(/[A-Za-z0-9+/]{12}/g) ?? [];
	return pieces.some((piece) => /[0-9+/]/.test(piece) && told.includes(piece));
}
