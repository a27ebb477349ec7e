import { readKey } from './keys';

export const KEYS = lines('hosts/public').map((line) => Buffer.from(line.split(' ')[1] ?? '', 'base64'));
export const [ED25519, , , , RSA] = KEYS as [Buffer, Buffer, Buffer, Buffer, Buffer];
export const TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'];
/** As ssh-keygen -l printed them. */
export const FINGERPRINTS = lines('hosts/fingerprints').map((line) => line.split(' ')[1] ?? '');
export const PINS = FINGERPRINTS.map((shown, index) => ({ fingerprint: shown, keyType: TYPES[index] }));

export function lines(path: string): string[] {
	return readKey(path).trim().split('\n');
}
