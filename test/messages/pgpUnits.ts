import { armor, enums, generateKey, type PublicKey } from 'openpgp';
import { readRecipients, unusableKey } from '../../core/format/encode/pgp/recipients';
import { unusableReason } from '../../core/format/encode/pgp/keyUsability';

const NOW = new Date();
const FINE = { algorithm: 'rsaEncryptSign', bits: 3072 };

/** As much of openpgp's key as is looked at; test/core/format/encode/pgpGnupg.test.ts has real ones. */
function keyWith(main: object, subkey: object, more: object = {}): PublicKey {
	const one = {
		bindingSignatures: [{ keyFlags: [enums.keyFlags.encryptStorage] }],
		revocationSignatures: [],
		getCreationTime: () => new Date(0),
		getExpirationTime: async () => Infinity,
		getAlgorithmInfo: () => subkey,
		...more,
	};
	const key: unknown = {
		getAlgorithmInfo: () => main,
		getSubkeys: () => [one],
		getKeyID: () => ({ toHex: () => '0123456789abcdef' }),
		getUserIDs: () => ['Anna'],
	};
	return key as PublicKey;
}

const refusedFor = async (key: PublicKey): Promise<never> => {
	throw unusableKey(key, await unusableReason(key, NOW));
};

async function bare(change: (packet: Uint8Array) => void): Promise<void> {
	const { publicKey } = await generateKey({ userIDs: [{ name: 'Anna' }], format: 'object' });
	const packet = publicKey.toPacketList().slice(0, 1);
	const bytes = Buffer.concat([...packet].map((one) => publicKey.write().subarray(0, 2 + one.write().length)));
	change(bytes);
	await readRecipients(armor(enums.armor.publicKey, bytes), new Date(Date.now() + 60_000));
}

async function armored(): Promise<string> {
	return (await generateKey({ userIDs: [{ name: 'Anna' }] })).publicKey;
}

async function beside(change: (other: Uint8Array) => void): Promise<void> {
	const { publicKey } = await generateKey({ userIDs: [{ name: 'Anna' }], format: 'object' });
	const [one, other] = [publicKey.write(), publicKey.write()];
	change(other);
	await readRecipients(armor(enums.armor.publicKey, Buffer.concat([one, other])), new Date(Date.now() + 60_000));
}

const WEAK = [
	{ algorithm: 'elgamal' },
	{ algorithm: 'dsa' },
	{ algorithm: 'ecdsa', curve: 'secp256k1' },
	{ ...FINE, bits: 1024 },
];

/** PGP keys that this version of openpgp does not make. */
export const PGP_UNITS: ReadonlyArray<readonly [what: string, provoke: () => Promise<unknown>]> = [
	...WEAK.flatMap(
		(info): ReadonlyArray<readonly [string, () => Promise<unknown>]> => [
			[`a main key of ${info.algorithm}`, async () => await refusedFor(keyWith(info, FINE))],
			[`a subkey of ${info.algorithm}`, async () => await refusedFor(keyWith(FINE, info))],
		],
	),
	['a subkey that is revoked', async () => await refusedFor(keyWith(FINE, FINE, { revocationSignatures: [{}] }))],
	[
		'a subkey of tomorrow',
		async () => await refusedFor(keyWith(FINE, FINE, { getCreationTime: () => new Date(Date.now() + 1e9) })),
	],
	['a subkey that cannot be used', async () => await refusedFor(keyWith(FINE, FINE))],
	['a key without a user ID', async () => await bare(() => undefined)],
	['a key of version 5', async () => await bare((bytes) => void (bytes[2] = 5))],
	['two keys in one block, one of version 3', async () => await beside((other) => void (other[2] = 3))],
	[
		'a key without its last line',
		async () => await readRecipients(`${await armored()}${(await armored()).slice(0, 300)}`, NOW),
	],
];
