import type { PublicKey, Subkey } from 'openpgp';

/** Why files cannot be encrypted for a key, as what it does or has. Keys that sign and keys that encrypt are subkeys, each with a life of its own. */
export async function unusableReason(key: PublicKey, now: Date): Promise<string> {
	const weak = weakness(key.getAlgorithmInfo());
	if (weak !== undefined) return `has a main key that ${weak}`;
	const { enums } = await import('openpgp');
	const forEncryption = enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage;
	// The latest says what is true of them all.
	const subkeys = [...key.getSubkeys()].sort((a, b) => b.getCreationTime().getTime() - a.getCreationTime().getTime());
	for (const subkey of subkeys) {
		const flags = subkey.bindingSignatures[0]?.keyFlags?.[0] ?? 0;
		if ((flags & forEncryption) !== 0) return `has a subkey for encryption that ${await subkeyFault(subkey, now)}`;
	}
	return 'has no part that can encrypt files';
}

async function subkeyFault(subkey: Subkey, now: Date): Promise<string> {
	const expired = hasExpired(await subkey.getExpirationTime(undefined), now);
	if (expired !== undefined) return `expired on ${expired}`;
	if (subkey.revocationSignatures.length > 0) return 'was revoked by its owner';
	const created = subkey.getCreationTime();
	if (created > now) return `is dated ${dayOf(created)}, which is in the future`;
	return weakness(subkey.getAlgorithmInfo()) ?? 'cannot be used';
}

const LEAST_RSA_BITS = 2047;

/** As openpgp judges it: RFC 9580 sections 12.4 and 12.5, and its own configuration. */
function weakness({
	algorithm,
	bits,
	curve,
}: {
	algorithm: string;
	bits?: number;
	curve?: string;
}): string | undefined {
	if (algorithm.startsWith('rsa') && bits !== undefined && bits < LEAST_RSA_BITS) {
		return `is too weak (RSA, ${bits} bits)`;
	}
	if (algorithm === 'elgamal') return 'is of a kind that is no longer accepted (ElGamal)';
	if (algorithm === 'dsa') return 'is of a kind that is no longer accepted (DSA)';
	return curve === 'secp256k1' ? 'is on a curve that is not accepted (secp256k1)' : undefined;
}

export function hasExpired(time: Date | number | null, now: Date): string | undefined {
	return time instanceof Date && time <= now ? dayOf(time) : undefined;
}

export function dayOf(time: Date): string {
	return time.toISOString().slice(0, 10);
}
