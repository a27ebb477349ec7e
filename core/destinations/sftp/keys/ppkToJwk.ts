import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { damagedKey } from './privateKeyErrors';

/** The number of bytes of a coordinate, by curve (RFC 5656, RFC 7518 section 6.2.1.2). */
const CURVES: ReadonlyArray<readonly [name: string, crv: string, bytes: number]> = [
	['nistp256', 'P-256', 32],
	['nistp384', 'P-384', 48],
	['nistp521', 'P-521', 66],
];

/** RFC 8032 section 5.1.5. */
const ED25519_BYTES = 32;

const NONE = Buffer.alloc(0);

/**
 * Puts together the numbers of a PPK file (PuTTY manual, appendix C.3); the public fields begin with the algorithm's name.
 * @throws WritebackError 'setting' when they make no key.
 */
export function ppkToJwk(algorithm: string, publicFields: Buffer[], privateFields: Buffer[]): KeyObject {
	try {
		return createPrivateKey({ key: toJwk(algorithm, publicFields, privateFields), format: 'jwk' });
	} catch {
		throw damagedKey();
	}
}

function toJwk(algorithm: string, [, ...open]: Buffer[], [first = NONE, ...rest]: Buffer[]): JsonWebKey {
	if (algorithm === 'ssh-rsa') return rsaJwk(open, first, rest);
	if (algorithm === 'ssh-ed25519') return ed25519Jwk(open, first);
	return ecJwk(open, first);
}

function rsaJwk([e = NONE, n = NONE]: Buffer[], d: Buffer, [p = NONE, q = NONE, qi = NONE]: Buffer[]): JsonWebKey {
	const [dp, dq] = [p, q].map((prime) => fromNumber(toNumber(d) % (toNumber(prime) - 1n)));
	return { kty: 'RSA', ...encoded({ n, e, d, p, q, dp: dp ?? NONE, dq: dq ?? NONE, qi }) };
}

function ecJwk([curve = NONE, point = NONE]: Buffer[], d: Buffer): JsonWebKey {
	const [, crv, size] = CURVES.find(([name]) => name === curve.toString()) ?? ['', '', 0];
	const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
	return { kty: 'EC', crv, ...encoded({ x, y, d: fromNumber(toNumber(d), size) }) };
}

/** Old PuTTYs took the seed for a little-endian number and left out the zero bytes at its end. */
function ed25519Jwk([x = NONE]: Buffer[], seed: Buffer): JsonWebKey {
	const d = Buffer.concat([seed, Buffer.alloc(ED25519_BYTES)]).subarray(0, ED25519_BYTES);
	return { kty: 'OKP', crv: 'Ed25519', ...encoded({ x, d }) };
}

function encoded(parts: Readonly<Record<string, Buffer>>): JsonWebKey {
	return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64url')]));
}

function toNumber(bytes: Buffer): bigint {
	return BigInt(`0x${bytes.toString('hex')}`);
}

function fromNumber(value: bigint, bytes = 0): Buffer {
	const hex = value.toString(16);
	return Buffer.from(hex.padStart(Math.max(2 * bytes, hex.length + (hex.length % 2)), '0'), 'hex');
}
