import { setImmediate } from 'node:timers/promises';
import { type Argon2Kind, argon2InJs, argon2OfNode } from '../../../../../core/destinations/sftp/keys/argon2';

const KINDS: readonly Argon2Kind[] = ['argon2d', 'argon2i', 'argon2id'];
const salt = Buffer.from('somesalt');

/** Of the reference implementation's test.c: version 0x13, "password", "somesalt", 2 passes over 256 KiB. */
const REFERENCE: ReadonlyArray<readonly [kind: Argon2Kind, hex: string]> = [
	['argon2i', '89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f'],
	['argon2id', '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
];

test.each(REFERENCE)('%s gives what the reference implementation gives', async (kind, hex) => {
	const options = { kind, salt, memory: 256, passes: 2, parallelism: 1, length: 32 };
	for (const derive of [argon2OfNode, argon2InJs]) {
		expect((await derive(Buffer.from('password'), options)).toString('hex')).toBe(hex);
	}
});

test.each(KINDS)('Node.js and the library for older ones agree about %s', async (kind) => {
	const options = { kind, salt: Buffer.alloc(16, 7), memory: 512, passes: 3, parallelism: 2, length: 80 };
	const secret = Buffer.from('open sésame');
	expect(await argon2InJs(secret, options)).toEqual(await argon2OfNode(secret, options));
});

test.each([
	['Node.js', argon2OfNode],
	['the library for older ones', argon2InJs],
])('%s lets others have their turn meanwhile', async (_, derive) => {
	let turns = 0;
	let done = false;
	const work = derive(Buffer.from('x'), {
		...{ kind: 'argon2id' as const, salt, memory: 16_384, passes: 2, parallelism: 1, length: 32 },
	}).finally(() => (done = true));
	while (!done) {
		await setImmediate();
		turns += 1;
	}
	await work;
	expect(turns).toBeGreaterThan(5);
});

test.each([
	['Node.js', argon2OfNode],
	['the library for older ones', argon2InJs],
])('%s rejects what RFC 9106 does not allow', async (_, derive) => {
	const options = { kind: 'argon2id' as const, salt, memory: 1, passes: 0, parallelism: 4, length: 32 };
	await expect(derive(Buffer.from('x'), options)).rejects.toThrow();
});
