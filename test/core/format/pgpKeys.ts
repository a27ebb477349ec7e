import { generateKey, type PrivateKey, type PublicKey, revokeKey, type SubkeyOptions } from 'openpgp';

export interface KeyPair {
	readonly secret: PrivateKey;
	readonly open: PublicKey;
	readonly armor: string;
}

interface Wanted {
	readonly name?: string;
	readonly date?: Date;
	readonly validSeconds?: number;
	readonly subkeys?: SubkeyOptions[];
}

/** A key as a recipient makes it; on curve 25519. */
export async function keyPair({ name = 'Anna', date, validSeconds = 0, subkeys }: Wanted = {}): Promise<KeyPair> {
	const { privateKey, publicKey } = await generateKey({
		userIDs: [{ name, email: `${name.toLowerCase()}@example.com` }],
		type: 'ecc',
		format: 'object',
		keyExpirationTime: validSeconds,
		...(date && { date }),
		...(subkeys && { subkeys }),
	});
	return { secret: privateKey, open: publicKey, armor: publicKey.armor() };
}

export async function revoked(): Promise<string> {
	const { publicKey } = await revokeKey({ key: (await keyPair()).secret, format: 'object' });
	return publicKey.armor();
}
