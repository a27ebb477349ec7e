import { type Client, type ParsedKey, utils } from 'ssh2';

/** What a key is offered as at login: itself, or an RSA key that signs in one way only. */
export type Signer = string | Buffer | ParsedKey;

/** The ways of an RSA key that rest on SHA-2 (RFC 8332), best known first. */
const SHA2 = [
	['rsa-sha2-256', 'sha256'],
	['rsa-sha2-512', 'sha512'],
] as const;

/** RFC 4253's only way of an RSA key. */
const SHA1 = 'ssh-rsa';

/**
 * How a private key is offered, in order. ssh2 falls back to SHA-1 for RSA keys where a server does not tell what it takes; here that
 * is for `legacy` alone, and after SHA-2. Empty for an RSA key that the server takes by SHA-1 only.
 */
export function signers(
	privateKey: string | Buffer,
	legacy: boolean,
	offered: readonly string[] | undefined,
): readonly Signer[] {
	const key = utils.parseKey(privateKey);
	if (key instanceof Error || key.type !== SHA1) return [privateKey];
	const takes = (algorithm: string) => offered === undefined || offered.includes(algorithm);
	const best = SHA2.find(([algorithm]) => takes(algorithm));
	return [
		...(best === undefined ? [] : [signingAs(key, best)]),
		// Left as it is: ssh2, which has heard of nothing better, signs with SHA-1.
		...(legacy && takes(SHA1) ? [key] : []),
	];
}

/** An RSA key that was not used at all, or with SHA-2 only. */
export type RsaUse = 'unused' | 'sha2';

/** What became of a private key, where SHA-1 could have made a difference. */
export function rsaUse(
	privateKey: string | Buffer,
	legacy: boolean,
	offered: readonly string[] | undefined,
): RsaUse | undefined {
	const key = utils.parseKey(privateKey);
	if (legacy || key instanceof Error || key.type !== SHA1) return undefined;
	return signers(privateKey, legacy, offered).length === 0 ? 'unused' : 'sha2';
}

function signingAs(key: ParsedKey, [algorithm, hash]: (typeof SHA2)[number]): ParsedKey {
	const sign = (data: Buffer) => key.sign(data, hash);
	return Object.create(key, { type: { value: algorithm }, sign: { value: sign } });
}

interface Extension {
	readonly name: string;
	readonly algs?: readonly string[];
}

const SERVER_SIG_ALGS = 'server-sig-algs';

/**
 * Hears which signatures the server takes at login (RFC 8308, server-sig-algs), in ssh2's stead; undefined when it does not tell. To be
 * called right after `connect`.
 */
export function offeredSignatures(client: Client): () => readonly string[] | undefined {
	let offered: readonly string[] | undefined;
	const handlers: unknown = Reflect.get(Object(Reflect.get(client, '_protocol')), '_handlers');
	const onMessage = (_: unknown, extensions: readonly Extension[]) => {
		offered ??= extensions.find(({ name }) => name === SERVER_SIG_ALGS)?.algs;
	};
	if (typeof handlers === 'object' && handlers !== null) Reflect.set(handlers, 'EXT_INFO', onMessage);
	return () => offered;
}
