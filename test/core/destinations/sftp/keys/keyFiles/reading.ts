import { inspect } from 'node:util';
import { utils } from 'ssh2';
import { fingerprint } from '../../../../../../core/destinations/sftp/keys/hostKey';
import { readPrivateKey } from '../../../../../../core/destinations/sftp/keys/privateKey';
import { WritebackError } from '../../../../../../core/support/errors';
import { PASSPHRASE } from './keys';

/** The fingerprint of the public half, as ssh2 sees the key that was read. */
export async function readsAs(text: string, passphrase: string | undefined): Promise<string> {
	const parsed = utils.parseKey(await readPrivateKey(text, passphrase));
	if (parsed instanceof Error) throw parsed;
	expect(parsed.isPrivateKey()).toBe(true);
	expect(parsed.verify('text', parsed.sign('text'))).toBe(true);
	return fingerprint(parsed.getPublicSSH());
}

/** Why the key is refused; nothing secret may be seen in it. */
export async function refusal(text: string, passphrase?: string): Promise<WritebackError> {
	try {
		await readPrivateKey(text, passphrase);
	} catch (error) {
		expect(error).toBeInstanceOf(WritebackError);
		expect(error).toMatchObject({ reason: 'setting', retryable: false });
		expect(leaks(error as WritebackError, text, passphrase)).toEqual([]);
		return error as WritebackError;
	}
	throw new Error('The key was read');
}

/** What of the key or the passphrase can be seen in the error. */
export function leaks(error: WritebackError, text: string, passphrase = PASSPHRASE): string[] {
	const told = [error.message, error.hint, error.stack, inspect(error, { depth: 9 }), JSON.stringify(error)].join('\n');
	const pieces = text.match(/[A-Za-z0-9+/]{12}/gu)?.filter((piece) => !/^[A-Za-z]+$/u.test(piece)) ?? [];
	return [...pieces, passphrase || PASSPHRASE].filter((secret) => told.includes(secret));
}

