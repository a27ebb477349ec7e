/** How somebody who knows a secret may write it. */
export const spellings: Readonly<Record<string, (secret: string) => string>> = {
	'as it is': (secret) => secret,
	'in capitals': (secret) => secret.toUpperCase(),
	'in small letters': (secret) => secret.toLowerCase(),
	'URL-encoded': (secret) => encodeURIComponent(secret),
	'URL-encoded with small letters': (secret) =>
		encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
	'as a form sends it': (secret) => new URLSearchParams([['x', secret]]).toString().slice(2),
	'as bytes of an address': (secret) =>
		[...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
	'encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
	'in hex': (secret) => Buffer.from(secret).toString('hex'),
	'in capital hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
	'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
	'in JSON, all escaped': (secret) =>
		Array.from({ length: secret.length }, (_, at) => `\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
			'',
		),
	'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
	'in HTML': (secret) =>
		secret.replace(/[&<>"']/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[sign]};`),
	'in HTML, all escaped': (secret) =>
		[...secret].map((letter) => `&#x${letter.codePointAt(0)?.toString(16)};`).join(''),
	'in base64': (secret) => Buffer.from(secret).toString('base64'),
	'in base64 behind one byte': (secret) => Buffer.from(`:${secret}`).toString('base64'),
	'in base64 behind two bytes': (secret) => Buffer.from(`u:${secret}!`).toString('base64'),
	'in base64url': (secret) => Buffer.from(`id:${secret}`).toString('base64url'),
	'split by zero-width spaces': (secret) => [...secret].join('\u200b'),
	'split by a soft hyphen and by what changes the direction': (secret) =>
		`${secret.slice(0, 2)}\u00ad\u202e${secret.slice(2)}`,
	'split by NUL': (secret) => [...secret].join('\0'),
	'with URL-encoded zero-width spaces': (secret) =>
		`${encodeURIComponent(secret.slice(0, 2))}%E2%80%8B${encodeURIComponent(secret.slice(2))}`,
	'in octal numbers': (secret) =>
		[...Buffer.from(secret)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
	decomposed: (secret) => secret.normalize('NFD'),
	'as another character set': (secret) => Buffer.from(secret, 'utf8').toString('latin1'),
};

/** All of them for one secret. */
export const allSpellings = (secret: string): string[] => Object.values(spellings).map((spell) => spell(secret));

/** What of a secret can be read in a text, however it is written there; nothing, if all is well. */
export function readableIn(text: string, secret: string): string[] {
	const plain = (written: string) => written.replace(/\p{Cf}|\0/gu, '').toLowerCase();
	const seen = plain(text);
	return [...new Set(allSpellings(secret))].filter((spelling) => seen.includes(plain(spelling)));
}
