import { generateKey } from 'openpgp';
import { keyPair, revoked } from '../../core/format/pgpKeys';

const A_DAY = 86_400;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** Keys that cannot be used, each for a reason of its own; as text. */
export async function unusableKeys() {
	const { secret } = await keyPair();
	const weak = await generateKey({
		userIDs: [{ name: 'Weak' }],
		type: 'rsa',
		rsaBits: 1024,
		format: 'object',
		config: { minRSABits: 1024 },
	});
	return {
		secret: secret.armor(),
		expired: (await keyPair({ date: LONG_AGO, validSeconds: A_DAY })).armor,
		expiredSubkey: (await keyPair({ date: LONG_AGO, subkeys: [{ date: LONG_AGO, keyExpirationTime: A_DAY }] })).armor,
		future: (await keyPair({ date: new Date(Date.now() + 1000 * 30 * A_DAY) })).armor,
		revoked: await revoked(),
		signing: (await keyPair({ subkeys: [{ sign: true }] })).armor,
		weak: weak.publicKey.armor(),
	};
}
