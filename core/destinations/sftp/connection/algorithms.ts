import type { Algorithms } from 'ssh2';
import { type HostKeyPin, serverHostKeyAlgorithms } from '../keys/hostKey';

/** AES-GCM first: with AES in hardware it is the fastest that ssh2 has. */
const CIPHERS = [
	'aes128-gcm@openssh.com',
	'aes256-gcm@openssh.com',
	'aes128-ctr',
	'aes192-ctr',
	'aes256-ctr',
	'chacha20-poly1305@openssh.com',
] as const;

/**
 * No group exchange: the server chooses its prime, and Node.js tests that on the main thread, for minutes if it is large enough, before the
 * host key is checked.
 */
const KEY_EXCHANGES = [
	'curve25519-sha256',
	'curve25519-sha256@libssh.org',
	'ecdh-sha2-nistp256',
	'ecdh-sha2-nistp384',
	'ecdh-sha2-nistp521',
	'diffie-hellman-group14-sha256',
	'diffie-hellman-group15-sha512',
	'diffie-hellman-group16-sha512',
	'diffie-hellman-group17-sha512',
	'diffie-hellman-group18-sha512',
] as const;

const MACS = [
	'hmac-sha2-256-etm@openssh.com',
	'hmac-sha2-512-etm@openssh.com',
	'hmac-sha2-256',
	'hmac-sha2-512',
] as const;

/** What rests on SHA-1 (RFC 9142, RFC 8332); servers of before 2016 may have nothing else. */
const LEGACY = {
	kex: ['diffie-hellman-group14-sha1'],
	hmac: ['hmac-sha1-etm@openssh.com', 'hmac-sha1'],
	serverHostKey: ['ssh-rsa'],
} as const;

/** What this node agrees to, best first. `legacy` adds SHA-1 at the end. Host keys of the pinned kinds come first. */
export function algorithms(pins: readonly HostKeyPin[], legacy: boolean): Algorithms {
	const { kex, hmac, serverHostKey } = legacy ? LEGACY : { kex: [], hmac: [], serverHostKey: [] };
	return {
		cipher: [...CIPHERS],
		kex: [...KEY_EXCHANGES, ...kex],
		hmac: [...MACS, ...hmac],
		serverHostKey: [...serverHostKeyAlgorithms(pins), ...serverHostKey],
		// A compressed packet of 32 KB may hold 32 MB, which ssh2 unpacks on the main thread.
		compress: ['none'],
	};
}
